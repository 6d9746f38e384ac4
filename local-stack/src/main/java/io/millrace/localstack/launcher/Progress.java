package io.millrace.localstack.launcher;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.PartListener;
import io.millrace.localstack.part.PartState;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line per part with its port, its state and the seconds it took. A terminal sees the lines change in place; a file
 * gets a line when a part is ready. Thread-safe.
 */
final class Progress implements PartListener {
    private static final String CLEAR_LINE = "\033[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private long begunNanos = System.nanoTime();
    private boolean stopping;

    Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows every part, none of them started. */
    synchronized void begin(LocalStack stack) {
        begunNanos = System.nanoTime();
        out.printf(Locale.ROOT, "Millrace, data in %s%n", stack.options().data());
        stack.parts().forEach(part -> lines.put(part.name(), new Line(part)));
        if (terminal) {
            lines.values().forEach(line -> out.println(line.text()));
        }
        out.flush();
    }

    @Override
    public synchronized void onState(Part part, PartState state) {
        var line = lines.computeIfAbsent(part.name(), name -> new Line(part));
        line.to(state);
        if (terminal && !stopping) {
            out.printf(Locale.ROOT, "\033[%dA", lines.size()); // that many lines up
            lines.values().forEach(l -> out.println(CLEAR_LINE + l.text()));
        } else if (List.of(PartState.READY, PartState.FAILED, PartState.STOPPED).contains(state)) {
            out.println(line.text());
        }
        out.flush();
    }

    synchronized void ready(URI url) {
        out.printf(Locale.ROOT, "ready after %.1f s: %s   (Ctrl-C stops everything)%n", seconds(begunNanos), url);
        out.flush();
    }

    synchronized void stopping() {
        stopping = true;
        begunNanos = System.nanoTime();
        out.println();
        out.println("stopping (the first time this takes longer: it writes what makes the next start quick)");
        out.flush();
    }

    synchronized void stopped() {
        if (stopping) {
            out.printf(Locale.ROOT, "stopped after %.1f s, nothing is left running%n", seconds(begunNanos));
            out.flush();
        }
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static final class Line {
        private final Part part;
        private PartState state = PartState.STOPPED;
        private long sinceNanos = System.nanoTime();
        private double seconds;

        Line(Part part) {
            this.part = part;
        }

        void to(PartState next) {
            seconds = seconds(sinceNanos);
            sinceNanos = System.nanoTime();
            state = next;
        }

        String text() {
            var name = String.format(
                    Locale.ROOT, "  %-10s %5d  ", part.name(), part.spec().mainPort());
            return switch (state) {
                case READY -> name + String.format(Locale.ROOT, "ready after %.1f s", seconds);
                case STARTING -> name + "starting";
                case STOPPING -> name + "stopping";
                case STOPPED -> name + (seconds == 0 ? "waiting" : "stopped");
                case FAILED -> name + "failed";
            };
        }
    }
}
