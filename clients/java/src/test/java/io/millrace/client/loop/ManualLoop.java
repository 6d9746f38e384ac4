package io.millrace.client.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/** A loop whose time passes only when a test says so; tasks run on the test's thread, in order of their time. */
public final class ManualLoop implements Loop {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> scheduled = new PriorityQueue<>();
    private long nowMs = 1_790_000_000_000L;
    private long order;

    private record Scheduled(long atMs, long order, Runnable task) implements Comparable<Scheduled> {
        @Override
        public int compareTo(Scheduled other) {
            return atMs == other.atMs ? Long.compare(order, other.order) : Long.compare(atMs, other.atMs);
        }
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var entry = new Scheduled(nowMs + delay.toMillis(), order++, task);
        scheduled.add(entry);
        return () -> scheduled.remove(entry);
    }

    @Override
    public long wallMs() {
        return nowMs;
    }

    @Override
    public long elapsedMs() {
        return nowMs - 1_000_000;
    }

    /** Runs what is ready, without letting time pass. */
    public void run() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /** Lets time pass, and runs what falls due in it. */
    public void pass(Duration time) {
        long until = nowMs + time.toMillis();
        run();
        while (!scheduled.isEmpty() && scheduled.peek().atMs <= until) {
            Scheduled next = scheduled.poll();
            nowMs = Math.max(nowMs, next.atMs);
            next.task.run();
            run();
        }
        nowMs = until;
    }
}
