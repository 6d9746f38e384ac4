package io.millrace.client.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Links that a test answers by hand. */
final class FakeTransport implements Transport {
    final List<FakeLink> links = new ArrayList<>();
    boolean reachable = true;

    @Override
    public CompletableFuture<Link> open(URI uri, Receiver receiver) {
        if (!reachable) {
            return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
        }
        var link = new FakeLink(receiver);
        links.add(link);
        return CompletableFuture.completedFuture(link);
    }

    FakeLink last() {
        return links.get(links.size() - 1);
    }

    static final class FakeLink implements Link {
        final Receiver receiver;
        final List<ObjectNode> sent = new ArrayList<>();

        @Nullable
        Integer closed;

        boolean aborted;

        FakeLink(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void send(String text) {
            sent.add(Json.parseObject(text));
        }

        @Override
        public void close(int code, String reason) {
            closed = code;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        List<String> types() {
            return sent.stream().map(frame -> frame.get("type").textValue()).toList();
        }
    }
}
