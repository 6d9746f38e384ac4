package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.connection.TokenSource;
import io.millrace.client.frame.Json;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.EntryReader;
import io.millrace.client.timeline.PullAnswer;
import io.millrace.client.timeline.PullSource;
import io.millrace.client.timeline.Snapshot;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Everything that is read over HTTP: the timeline, conversations, history. Thread-safe. */
public final class HttpApi implements PullSource {
    private static final int PULL_LIMIT = 200;
    private static final int CONVERSATIONS_LIMIT = 100;

    private final Exchange exchange;

    /** @param base the server's origin, such as {@code http://localhost:8080} */
    public HttpApi(HttpClient http, URI base, TokenSource tokens) {
        this.exchange = new Exchange(http, base, tokens);
    }

    /** Group life over the same origin and token. */
    public GroupApi groups(UntilDecided untilDecided) {
        return new GroupApi(exchange, untilDecided);
    }

    @Override
    public CompletableFuture<PullAnswer> pull(long after, @Nullable String epoch, long atLeast) {
        var query = new StringBuilder("/v1/timeline?limit=")
                .append(PULL_LIMIT)
                .append("&after=")
                .append(after);
        if (epoch != null) {
            query.append("&epoch=").append(Exchange.encode(epoch));
        }
        if (atLeast > after) {
            query.append("&atLeast=").append(atLeast);
        }
        return exchange.get(query.toString()).handle((answer, failure) -> {
            if (failure == null) {
                return page(answer.body());
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof ApiException problem && problem.code().equals("reset")) {
                return new PullAnswer.Reset();
            }
            if (cause instanceof ApiException problem && problem.passes()) {
                return new PullAnswer.Later(problem.retryAfterMs());
            }
            throw new CompletionException(cause);
        });
    }

    @Override
    public CompletableFuture<Snapshot> snapshot() {
        return snapshotFrom(null, null, new ArrayList<>());
    }

    /** One page of a conversation's messages, newest first: those before {@code beforeSeq}, or the last ones for null. */
    public CompletableFuture<HistoryPage> history(String conversation, @Nullable Long beforeSeq, int limit) {
        String query = beforeSeq == null ? "?limit=" + limit : "?before=" + beforeSeq + "&limit=" + limit;
        return exchange.get("/v1/conversations/" + Exchange.encode(conversation) + "/messages" + query)
                .thenApply(answer -> HistoryPage.read(answer.body()));
    }

    /** A conversation as it stands: kind, title, members with roles. */
    public CompletableFuture<ConversationDetails> conversation(String conversation) {
        return exchange.get("/v1/conversations/" + Exchange.encode(conversation))
                .thenApply(answer -> ConversationDetails.read(conversation, answer.body()));
    }

    /** Contacts that changed after that position of the timeline; after 0 all of them. */
    public CompletableFuture<ContactPage> contacts(long after) {
        return exchange.get("/v1/contacts" + (after > 0 ? "?after=" + after : ""))
                .thenApply(answer -> ContactPage.read(answer.body()));
    }

    /** The user's own messages that wait for their time, earliest first. */
    public CompletableFuture<List<WaitingMessage>> scheduled(String conversation) {
        return exchange.get("/v1/conversations/" + Exchange.encode(conversation) + "/scheduled")
                .thenApply(answer -> WaitingMessage.readAll(answer.body()));
    }

    private CompletableFuture<Snapshot> snapshotFrom(
            @Nullable String cursor, @Nullable Snapshot first, List<ConversationSummary> before) {
        String query = "/v1/conversations?limit=" + CONVERSATIONS_LIMIT
                + (cursor == null ? "" : "&cursor=" + Exchange.encode(cursor));
        return exchange.get(query).thenCompose(answer -> {
            JsonNode body = answer.body();
            var all = new ArrayList<>(before);
            for (JsonNode each : body.path("conversations")) {
                all.add(ConversationSummary.read(each));
            }
            // What moves while pages are read lies beyond the first page's position, and is pulled after it.
            var snapshot = first == null
                    ? new Snapshot(
                            Json.text(body, "epoch"),
                            Json.number(body, "position"),
                            all,
                            Json.number(body, "totalUnread", 0))
                    : new Snapshot(first.epoch(), first.position(), all, first.totalUnread());
            String next = Json.textOrNull(body, "cursor");
            return next == null ? CompletableFuture.completedFuture(snapshot) : snapshotFrom(next, snapshot, all);
        });
    }

    private static PullAnswer page(JsonNode body) {
        return new PullAnswer.Page(
                Json.text(body, "epoch"),
                Json.number(body, "head"),
                EntryReader.readAll(body),
                Json.number(body, "next"),
                Json.number(body, "retryAfterMs", 0));
    }
}
