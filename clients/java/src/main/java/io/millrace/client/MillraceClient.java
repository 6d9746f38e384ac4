package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.connection.Connection;
import io.millrace.client.connection.JdkTransport;
import io.millrace.client.connection.TokenSource;
import io.millrace.client.frame.Frames;
import io.millrace.client.frame.Json;
import io.millrace.client.http.ContactPage;
import io.millrace.client.http.ConversationDetails;
import io.millrace.client.http.GroupApi;
import io.millrace.client.http.GroupChange;
import io.millrace.client.http.HistoryPage;
import io.millrace.client.http.HttpApi;
import io.millrace.client.http.JoinLink;
import io.millrace.client.http.UntilDecided;
import io.millrace.client.http.WaitingMessage;
import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.Loop;
import io.millrace.client.loop.ServerClock;
import io.millrace.client.outbox.Command;
import io.millrace.client.outbox.Outbox;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.outbox.SendOptions;
import io.millrace.client.outbox.Uuid7;
import io.millrace.client.timeline.CatchUp;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Snapshot;
import io.millrace.client.timeline.Timeline;
import io.millrace.client.timeline.TimelineStore.Cursor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One device of one user: keeps a session open, takes the timeline over without a hole, and sees every command through to
 * its decision. Thread-safe; no method blocks. Commands may be given at any time, before {@link #connect} too.
 */
public final class MillraceClient implements AutoCloseable {
    /** Entries that wait for a gap to be pulled; more are dropped and pulled again. */
    private static final int MAX_HELD = 10_000;

    private static final Duration DECISION_LIMIT = Duration.ofSeconds(60);

    private final ClientRuntime runtime;
    private final boolean ownRuntime;
    private final Loop loop;
    private final ListenerGuard listener;
    private final Uuid7 keys;
    private final HttpApi api;
    private final GroupApi groups;
    private final Timeline timeline;
    private final CatchUp catchUp;
    private final Outbox outbox;
    private final Connection connection;
    private final SilenceWatch silence;
    private final PresenceWatch presence;
    private final boolean beginsWithSnapshot;

    MillraceClient(ClientSettings settings) {
        ownRuntime = settings.runtime() == null;
        runtime = settings.runtime() == null ? new ClientRuntime("millrace-" + settings.device()) : settings.runtime();
        loop = runtime.loop;
        listener = new ListenerGuard(settings.listener());
        beginsWithSnapshot = settings.beginsWithSnapshot();
        var clock = new ServerClock(loop);
        keys = new Uuid7(clock::nowMs);
        var tokens = new TokenSource(settings.tokens(), runtime.blocking, clock::nowMs);
        api = new HttpApi(runtime.http, settings.url(), tokens);
        groups = api.groups(new UntilDecided(loop, DECISION_LIMIT, backoff(settings)));

        timeline = new Timeline(settings.store(), this::onEntry, MAX_HELD);
        var acknowledger = new Acknowledger(loop, timeline);
        catchUp = new CatchUp(loop, timeline, api, backoff(settings), listener::onSnapshot, acknowledger::onProgress);
        outbox = new Outbox(loop, settings.outboxStore(), keys::next, catchUp::pull, settings.answerTimeout());
        silence = new SilenceWatch(loop, settings.silence(), catchUp::request);
        presence = new PresenceWatch(loop, this::write);
        connection = new Connection(
                loop,
                clock,
                settings.transport() == null ? new JdkTransport(runtime.http) : settings.transport(),
                settings.socket(),
                settings.device(),
                tokens,
                settings.store()::nextAttempt,
                backoff(settings),
                new FrameRouter(timeline, catchUp, outbox, acknowledger, silence, presence, listener, this::write));
    }

    public static ClientBuilder builder() {
        return new ClientBuilder();
    }

    /** Opens a session and keeps one open; also cuts a wait for the next attempt short. */
    public void connect() {
        loop.execute(() -> {
            if (beginsWithSnapshot && timeline.position() == 0) {
                catchUp.takeSnapshot();
            }
            connection.connect();
        });
    }

    /** Ends the session. Undecided commands fail unless an outbox store keeps them. */
    @Override
    public void close() {
        loop.execute(() -> {
            silence.stop();
            catchUp.stop();
            connection.close();
            outbox.close();
        });
        if (ownRuntime) {
            runtime.close();
        }
    }

    /** @param body an object with a {@code kind} */
    public SendHandle send(Recipient to, JsonNode body) {
        return give(Command.send(to, body, null, List.of()), null);
    }

    /** A message of kind {@code text}. */
    public SendHandle send(Recipient to, String text) {
        return send(to, textBody(text));
    }

    /** @param replyTo seq of the message this one answers, or null */
    public SendHandle send(Recipient to, JsonNode body, @Nullable Long replyTo, List<String> mentions) {
        return give(Command.send(to, body, replyTo, mentions), null);
    }

    /** @param options such as when it is posted, and when it ends */
    public SendHandle send(Recipient to, JsonNode body, SendOptions options) {
        return give(Command.send(to, body, options), null);
    }

    /** Takes a message back that waits for its time; {@code version} is that of its {@code scheduled} event. */
    public SendHandle unschedule(String conversation, long version) {
        return give(Command.unschedule(conversation, version), null);
    }

    public SendHandle edit(String conversation, long seq, JsonNode body) {
        return give(Command.edit(conversation, seq, body), null);
    }

    public SendHandle recall(String conversation, long seq) {
        return give(Command.recall(conversation, seq), null);
    }

    /** @param add false takes the reaction back */
    public SendHandle react(String conversation, long seq, String emoji, boolean add) {
        return give(Command.react(conversation, seq, emoji, add), null);
    }

    /** The user has read through {@code seq}; going back has no effect. */
    public SendHandle read(String conversation, long seq) {
        return give(Command.read(conversation, seq), null);
    }

    /** Deletes a message for this user alone, on all of its devices. */
    public SendHandle delete(String conversation, long seq) {
        return give(Command.delete(conversation, seq), null);
    }

    /** Leaves the conversation out of the total of unread messages, or counts it again. */
    public SendHandle mute(String conversation, boolean muted) {
        return give(Command.settings(conversation, Json.object().put("muted", muted)), null);
    }

    public SendHandle pin(String conversation, boolean pinned) {
        return give(Command.settings(conversation, Json.object().put("pinned", pinned)), null);
    }

    /** Hides the conversation until its next message. */
    public SendHandle hide(String conversation, boolean hidden) {
        return give(Command.settings(conversation, Json.object().put("hidden", hidden)), null);
    }

    /** Messages through {@code seq} are not shown to this user any more. */
    public SendHandle clear(String conversation, long seq) {
        return give(Command.settings(conversation, Json.object().put("clearedSeq", seq)), null);
    }

    /** @param body what is being written, for the user's other devices; null for nothing */
    public SendHandle draft(String conversation, @Nullable JsonNode body) {
        ObjectNode change = Json.object();
        change.set("draft", body);
        return give(Command.settings(conversation, change), null);
    }

    /**
     * Keeps the other one of a direct conversation, or not.
     *
     * @param alias what the user calls it; empty for none, null for as it is
     */
    public SendHandle contact(String conversation, boolean contact, @Nullable String alias) {
        ObjectNode change = Json.object().put("contact", contact);
        if (alias != null) {
            change.put("alias", alias);
        }
        return give(Command.settings(conversation, change), null);
    }

    /**
     * Nobody is told whether the user is there.
     *
     * @param self the user's conversation with itself
     */
    public SendHandle invisible(String self, boolean invisible) {
        return give(Command.settings(self, Json.object().put("invisible", invisible)), null);
    }

    /** @param block false takes the user's messages again */
    public SendHandle block(String user, boolean block) {
        return give(Command.block(user, block), null);
    }

    /** Tells those who are there that the user writes; lost where there is no session. */
    public void typing(String conversation) {
        loop.execute(() -> write(Frames.typing(conversation)));
    }

    /** Asks who of a conversation is there, from now on; {@link Signal.Presence} tells it. */
    public void watchPresence(String conversation) {
        loop.execute(() -> presence.watch(conversation));
    }

    /** Does not ask again; within five minutes the server stops telling. */
    public void unwatchPresence(String conversation) {
        loop.execute(() -> presence.unwatch(conversation));
    }

    /**
     * Any command.
     *
     * @param clientMessageId the caller's own key, or null for one that is made at the first transmission
     */
    public SendHandle give(Command command, @Nullable String clientMessageId) {
        var handle = new SendHandle();
        loop.execute(() -> outbox.add(command, clientMessageId, handle));
        return handle;
    }

    /** Makes a group of the user and these members; answers its id. */
    public CompletableFuture<String> createGroup(String title, Collection<String> members) {
        return groups.create(keys.next(), title, members);
    }

    /** Answers the version from which the users belong to the group. */
    public CompletableFuture<Long> addMembers(String conversation, Collection<String> users) {
        return groups.add(keys.next(), conversation, users);
    }

    /** Takes a user out, or leaves where it is this one; answers the last version that the user sees. */
    public CompletableFuture<Long> removeMember(String conversation, String user) {
        return groups.remove(keys.next(), conversation, user);
    }

    /** Answers the version from which the group has this title. */
    public CompletableFuture<Long> setTitle(String conversation, String title) {
        return changeGroup(conversation, GroupChange.title(title));
    }

    /** Answers the version from which the group is like that. */
    public CompletableFuture<Long> changeGroup(String conversation, GroupChange change) {
        return groups.change(keys.next(), conversation, change);
    }

    /** Makes a link that opens the group until then (epoch milliseconds). */
    public CompletableFuture<JoinLink> createLink(String conversation, long untilMs) {
        return groups.link(keys.next(), conversation, untilMs);
    }

    /** @param link its id */
    public CompletableFuture<Long> revokeLink(String conversation, String link) {
        return groups.revoke(keys.next(), conversation, link);
    }

    /**
     * Becomes a member of a group.
     *
     * @param secret of a link; null for a group that is open
     */
    public CompletableFuture<Long> join(String conversation, @Nullable String secret) {
        return groups.join(keys.next(), conversation, secret);
    }

    /** Gives a member a role: {@code member}, {@code admin}, or {@code owner}, which hands the group over. */
    public CompletableFuture<Long> setRole(String conversation, String user, String role) {
        return groups.role(keys.next(), conversation, user, role);
    }

    /**
     * Lets members of a group not send until then.
     *
     * @param users empty for everybody but owner and admins
     * @param untilMs epoch milliseconds; null: may send again
     */
    public CompletableFuture<Long> muteMembers(String conversation, Collection<String> users, @Nullable Long untilMs) {
        return groups.mute(keys.next(), conversation, users, untilMs);
    }

    /** Ends a group. */
    public CompletableFuture<Long> dissolve(String conversation) {
        return groups.dissolve(keys.next(), conversation);
    }

    /** All of the user's conversations as they stand, newest first. */
    public CompletableFuture<Snapshot> conversations() {
        return api.snapshot();
    }

    /** Kind, title and members of one conversation. */
    public CompletableFuture<ConversationDetails> conversation(String conversation) {
        return api.conversation(conversation);
    }

    /** Contacts that changed after that position of the timeline; after 0 all of them. */
    public CompletableFuture<ContactPage> contacts(long after) {
        return api.contacts(after);
    }

    /** The user's own messages that wait for their time in a conversation, earliest first. */
    public CompletableFuture<List<WaitingMessage>> scheduled(String conversation) {
        return api.scheduled(conversation);
    }

    /** Messages as they stand: those before {@code beforeSeq}, or the last ones for null. */
    public CompletableFuture<HistoryPage> history(String conversation, @Nullable Long beforeSeq, int limit) {
        return api.history(conversation, beforeSeq, limit);
    }

    /** Pulls once; done when the timeline is in step with the server. */
    public CompletableFuture<Void> pull() {
        return CompletableFuture.runAsync(() -> {}, loop).thenComposeAsync(ready -> catchUp.pull(), loop);
    }

    /** How far the device is: epoch and the position through which every entry has reached the listener. */
    public CompletableFuture<Cursor> cursor() {
        return CompletableFuture.supplyAsync(() -> new Cursor(timeline.epoch(), timeline.position()), loop);
    }

    /** Body of a message of kind {@code text}. */
    public static JsonNode textBody(String text) {
        return Json.object().put("kind", "text").put("text", text);
    }

    private void onEntry(Entry entry) {
        outbox.onEntry(entry);
        listener.onEntry(entry);
    }

    private void write(ObjectNode frame) {
        connection.send(frame);
    }

    private static Backoff backoff(ClientSettings settings) {
        return new Backoff(settings.firstRetry(), settings.longestRetry(), new SplittableRandom());
    }
}
