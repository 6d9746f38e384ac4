package io.millrace.edge.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A socket that keeps what it was given, and reports at once or when told. */
final class RecordingSocket implements Socket {
    final List<String> frames = new ArrayList<>();
    final List<Integer> closes = new ArrayList<>();
    final List<Sent> waiting = new ArrayList<>();
    boolean hold;
    boolean aborted;

    @Override
    public void send(byte[] utf8, Sent sent) {
        frames.add(new String(utf8, StandardCharsets.UTF_8));
        if (hold) {
            waiting.add(sent);
        } else {
            sent.onSent(true);
        }
    }

    void reportAll(boolean ok) {
        while (!waiting.isEmpty()) {
            waiting.remove(0).onSent(ok);
        }
    }

    @Override
    public void close(int code, String reason) {
        closes.add(code);
    }

    @Override
    public void abort() {
        aborted = true;
    }

    String last() {
        return frames.get(frames.size() - 1);
    }
}
