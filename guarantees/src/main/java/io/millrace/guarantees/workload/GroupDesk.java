package io.millrace.guarantees.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Journal;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import io.millrace.guarantees.workload.Http.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Changes of membership over HTTP, one after the other, each repeated under its key until it is decided. Thread-safe.
 */
final class GroupDesk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long AGAIN_MS = 400;
    /** Far beyond any fault: what is not decided by then never will be. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Recorder recorder;
    private final Journal journal;
    private final URI door;
    private final HttpClient http = Http.client();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService desk = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "group-desk");
        thread.setDaemon(true);
        return thread;
    });

    GroupDesk(Recorder recorder, URI door) {
        this.recorder = recorder;
        this.door = door;
        this.journal = recorder.journal("groups-over-http");
    }

    /** Makes a group and answers its id. */
    String create(String owner, List<String> members) throws InterruptedException {
        var key = recorder.nextKey();
        ObjectNode body = JSON.createObjectNode()
                .put("clientMessageId", key)
                .put("kind", "group")
                .put("title", "group of " + owner);
        members.forEach(body.putArray("members")::add);
        var answer = carry(Action.CREATE, owner, null, key, members, "POST", "/v1/conversations", body);
        if (answer == null || !answer.body().hasNonNull("conversation")) {
            throw new IllegalStateException("no group could be made: " + (answer == null ? "cut" : answer.status()));
        }
        return answer.body().get("conversation").asText();
    }

    /** Soon. */
    void add(String owner, String conversation, String user) {
        var key = recorder.nextKey();
        ObjectNode body = JSON.createObjectNode().put("clientMessageId", key);
        body.putArray("users").add(user);
        later(Action.ADD, owner, conversation, key, user, "POST", path(conversation), body);
    }

    /** Soon. */
    void remove(String owner, String conversation, String user) {
        var key = recorder.nextKey();
        var path = path(conversation) + "/" + Http.encode(user) + "?clientMessageId=" + Http.encode(key);
        later(Action.REMOVE, owner, conversation, key, user, "DELETE", path, null);
    }

    /** How many changes are not decided. */
    int waiting() {
        return waiting.get();
    }

    private static String path(String conversation) {
        return "/v1/conversations/" + Http.encode(conversation) + "/members";
    }

    private void later(
            Action action,
            String owner,
            String conversation,
            String key,
            String user,
            String method,
            String path,
            @Nullable JsonNode body) {
        waiting.incrementAndGet();
        desk.execute(() -> {
            try {
                carry(action, owner, conversation, key, List.of(user), method, path, body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private @Nullable Answer carry(
            Action action,
            String owner,
            @Nullable String conversation,
            String key,
            List<String> users,
            String method,
            String path,
            @Nullable JsonNode body)
            throws InterruptedException {
        long op = recorder.nextOp();
        journal.write(new Line.Invoked(op, action, owner, "", conversation, key, null, null, users, recorder.nowNs()));
        @Nullable Answer answer = null;
        try {
            answer = untilDecided(new Http(http, door, owner), method, path, body);
        } finally {
            end(op, conversation, answer);
        }
        return answer;
    }

    private static @Nullable Answer untilDecided(Http user, String method, String path, @Nullable JsonNode body)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var answer = user.call(method, path, body);
                if (!answer.passes()) {
                    return answer;
                }
            } catch (IOException e) {
                // cut: the same key asks again
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        }
        return null;
    }

    private void end(long op, @Nullable String conversation, @Nullable Answer answer) {
        if (answer == null) {
            ended(op, Outcome.UNKNOWN, conversation, null, false, "the run is over");
        } else if (answer.status() >= 300) {
            var code = answer.body().path("code").asText("status " + answer.status());
            ended(op, Outcome.FAILED, conversation, null, false, code);
        } else {
            var where =
                    conversation == null ? answer.body().path("conversation").asText() : conversation;
            var version = answer.body().path("version");
            boolean unchanged = answer.body().path("unchanged").asBoolean();
            ended(op, Outcome.OK, where, version.isIntegralNumber() ? version.asLong() : null, unchanged, null);
        }
    }

    private void ended(
            long op,
            Outcome outcome,
            @Nullable String conversation,
            @Nullable Long version,
            boolean unchanged,
            @Nullable String code) {
        journal.write(
                new Line.Ended(op, outcome, conversation, null, version, null, unchanged, code, recorder.nowNs()));
    }

    @Override
    public void close() {
        desk.shutdownNow();
    }
}
