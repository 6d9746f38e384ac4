package io.millrace.guarantees.load.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread and the connections that live on it. {@link #execute} may be called by any thread; the rest by its own. */
public final class Reactor implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reactor.class);
    private static final long IDLE_MS = 100;
    private static final long NANOS_IN_MS = 1_000_000;
    /** Holds the largest frame that is expected, with what came before it. */
    private static final int READ_BYTES = 512 * 1024;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final ByteBuffer incoming = ByteBuffer.allocate(READ_BYTES);
    private volatile boolean closed;

    public Reactor(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("the system gives no selector", e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private record Timer(long dueNanos, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(dueNanos, other.dueNanos);
        }
    }

    /** Runs the task on this thread, soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs the task on this thread after a while. */
    public void after(long delayMs, Runnable task) {
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs), task));
    }

    /** Connects and asks for the upgrade; what comes of it goes to the listener. */
    public Link connect(InetSocketAddress server, Handshake handshake, Link.Listener listener) {
        return Link.open(this, selector, server, handshake, listener);
    }

    ByteBuffer incoming() {
        return incoming;
    }

    private void run() {
        try {
            while (!closed) {
                select();
                runTimers();
                runTasks();
            }
        } catch (IOException e) {
            LOGGER.atError().addKeyValue("error", e.toString()).log("reactor ended");
        }
        selector.keys().forEach(key -> ((Link) key.attachment()).cut());
    }

    private void select() throws IOException {
        var next = timers.peek();
        // Rounded up: to look again and again during the last part of a millisecond would take a whole core.
        long wait = next == null ? IDLE_MS : (next.dueNanos - System.nanoTime() + NANOS_IN_MS - 1) / NANOS_IN_MS;
        if (!tasks.isEmpty() || wait <= 0) {
            selector.selectNow(Reactor::ready);
        } else {
            selector.select(Reactor::ready, Math.min(wait, IDLE_MS));
        }
        awake.set(false);
    }

    private static void ready(SelectionKey key) {
        ((Link) key.attachment()).onReady();
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (var next = timers.peek(); next != null && next.dueNanos <= now; next = timers.peek()) {
            timers.poll();
            next.task.run();
        }
    }

    private void runTasks() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Cuts every connection and ends the thread. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector cannot be closed", e);
        }
    }
}
