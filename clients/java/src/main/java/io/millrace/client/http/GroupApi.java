package io.millrace.client.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Group life. Every call is repeated under its key until it is decided. Thread-safe. */
public final class GroupApi {
    private final Exchange exchange;
    private final UntilDecided untilDecided;

    GroupApi(Exchange exchange, UntilDecided untilDecided) {
        this.exchange = exchange;
        this.untilDecided = untilDecided;
    }

    /** Makes a group of the caller and these members; answers its id, the same for every retry. */
    public CompletableFuture<String> create(String clientMessageId, String title, Collection<String> members) {
        ObjectNode body = Json.object()
                .put("clientMessageId", clientMessageId)
                .put("kind", "group")
                .put("title", title);
        members.forEach(body.putArray("members")::add);
        return untilDecided
                .call(() -> exchange.call("POST", "/v1/conversations", body))
                .thenApply(answer -> Json.text(answer.body(), "conversation"));
    }

    /** Answers the version from which the users belong to the group. */
    public CompletableFuture<Long> add(String clientMessageId, String conversation, Collection<String> users) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId);
        users.forEach(body.putArray("users")::add);
        return untilDecided
                .call(() -> exchange.call("POST", members(conversation), body))
                .thenApply(answer -> Json.number(answer.body(), "version"));
    }

    /** Takes a user out, or lets the caller itself leave; answers the last version that the user sees. */
    public CompletableFuture<Long> remove(String clientMessageId, String conversation, String user) {
        String path = members(conversation) + "/" + Exchange.encode(user) + "?clientMessageId="
                + Exchange.encode(clientMessageId);
        return untilDecided
                .call(() -> exchange.call("DELETE", path, null))
                .thenApply(answer -> Json.number(answer.body(), "version"));
    }

    /** Answers the version from which the group is like that. */
    public CompletableFuture<Long> change(String clientMessageId, String conversation, GroupChange change) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId);
        change.writeTo(body);
        return untilDecided
                .call(() -> exchange.call("PATCH", group(conversation), body))
                .thenApply(GroupApi::version);
    }

    /** Makes a link that opens the group until then, the same for every retry. */
    public CompletableFuture<JoinLink> link(String clientMessageId, String conversation, long untilMs) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId).put("until", untilMs);
        return untilDecided
                .call(() -> exchange.call("POST", group(conversation) + "/links", body))
                .thenApply(Exchange.Answer::body)
                .thenApply(link -> new JoinLink(
                        Json.text(link, "link"), Json.text(link, "id"), Json.number(link, "until", untilMs)));
    }

    /** @param link its id */
    public CompletableFuture<Long> revoke(String clientMessageId, String conversation, String link) {
        String path = group(conversation) + "/links/" + Exchange.encode(link) + "?clientMessageId="
                + Exchange.encode(clientMessageId);
        return untilDecided.call(() -> exchange.call("DELETE", path, null)).thenApply(GroupApi::version);
    }

    /**
     * The caller itself becomes a member.
     *
     * @param secret of a link; null for a group that is open
     */
    public CompletableFuture<Long> join(String clientMessageId, String conversation, @Nullable String secret) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId);
        if (secret != null) {
            body.put("link", secret);
        }
        return untilDecided
                .call(() -> exchange.call("POST", group(conversation) + "/join", body))
                .thenApply(GroupApi::version);
    }

    /** Gives a member a role ({@code member}, {@code admin}, {@code owner}: hands the group over). */
    public CompletableFuture<Long> role(String clientMessageId, String conversation, String user, String role) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId).put("role", role);
        String path = members(conversation) + "/" + Exchange.encode(user) + "/role";
        return untilDecided.call(() -> exchange.call("PUT", path, body)).thenApply(GroupApi::version);
    }

    /**
     * Lets members not send, or send again.
     *
     * @param users empty for everybody but owner and admins
     * @param untilMs epoch milliseconds; null: may send again
     */
    public CompletableFuture<Long> mute(
            String clientMessageId, String conversation, Collection<String> users, @Nullable Long untilMs) {
        ObjectNode body = Json.object().put("clientMessageId", clientMessageId).put("until", untilMs);
        users.forEach(body.putArray("users")::add);
        String path = group(conversation) + "/mute";
        return untilDecided.call(() -> exchange.call("PUT", path, body)).thenApply(GroupApi::version);
    }

    /** Ends the group. */
    public CompletableFuture<Long> dissolve(String clientMessageId, String conversation) {
        String path = group(conversation) + "?clientMessageId=" + Exchange.encode(clientMessageId);
        return untilDecided.call(() -> exchange.call("DELETE", path, null)).thenApply(GroupApi::version);
    }

    private static long version(Exchange.Answer answer) {
        return Json.number(answer.body(), "version", 0);
    }

    private static String members(String conversation) {
        return group(conversation) + "/members";
    }

    private static String group(String conversation) {
        return "/v1/conversations/" + Exchange.encode(conversation);
    }
}
