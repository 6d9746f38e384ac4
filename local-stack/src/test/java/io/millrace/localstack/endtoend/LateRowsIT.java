package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.ConversationEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rows of one conversation reach the store out of order around a removal: those of later events are there, that of the
 * removal is not. They are written here as the service writes them, with the stamps of their events.
 */
@Timeout(180)
final class LateRowsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "not for all";
    private static final String EMOJI = "hush";

    private final SharedStack stack = SharedStack.running();
    private final String owner = Names.user("owner");
    private final String gone = Names.user("gone");
    private final String stays = Names.user("stays");
    private final String group = "g:" + Names.user("late");
    private HandWrittenLog log;
    private StoredCells cells;
    private PullClient api;

    @BeforeEach
    void open() throws Exception {
        log = new HandWrittenLog(stack.parts());
        cells = new StoredCells(stack.parts());
        api = new PullClient(stack.parts());
    }

    @AfterEach
    void close() {
        cells.close();
        log.close();
    }

    @Test
    void shouldShowNothingMoreToARemovedMemberWhileItsRemovalIsLate() throws Exception {
        // Given
        log.create(group, "for all", owner, gone, stays);
        log.message(group, owner, "for all", owner, gone, stays);
        awaitNext(gone, 2);
        log.withholdEvents();
        var removal = log.remove(group, owner, gone, owner, gone, stays);
        var message = log.message(group, owner, SECRET, owner, stays);
        var edit = log.edit(group, owner, 1, SECRET, owner, stays);
        var title = log.title(group, owner, SECRET, owner, stays);
        var reaction = log.react(group, stays, 1, EMOJI, owner, stays);
        log.flush();
        awaitHead(gone, 3);
        awaitHead(stays, 7);

        // When
        write(message);
        write(edit);
        write(title);
        write(reaction);

        // Then
        assertShownThrough(2, gone);
        assertShownThrough(2, stays);

        // When
        write(removal);

        // Then
        assertShownThrough(2, gone);

        // When
        log.release(5);

        // Then
        awaitNext(stays, 7);
        assertThat(answers(stays))
                .anyMatch(answer -> answer.contains(SECRET))
                .anyMatch(answer -> answer.contains(EMOJI));
        assertShownThrough(3, gone);
    }

    private void assertShownThrough(long version, String user) throws Exception {
        assertThat(answers(user)).noneMatch(answer -> answer.contains(SECRET) || answer.contains(EMOJI));
        assertThat(api.get(user, "/v1/conversations/" + group)
                        .path("lastVersion")
                        .asLong())
                .isEqualTo(version);
        // shorter where the body of a message is that of a later edit
        assertThat(api.get(user, "/v1/timeline?after=0").path("next").asLong()).isLessThanOrEqualTo(version);
    }

    /** Everything there is to ask about the group. */
    private List<String> answers(String user) throws Exception {
        var path = "/v1/conversations/" + group;
        return List.of(
                api.ask(user, "/v1/timeline?after=0").response().body(),
                api.ask(user, "/v1/conversations").response().body(),
                api.ask(user, path).response().body(),
                api.ask(user, path + "/messages").response().body(),
                api.ask(user, path + "/messages?after=0").response().body(),
                api.ask(user, path + "/events?after=0").response().body());
    }

    private void write(ConversationEvent e) {
        cells.cql(
                "INSERT INTO events_by_conversation (conversation, bucket, version, kind, seq, last_seq, from_user, at,"
                        + " title, removed) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP " + e.getStamp(),
                group,
                e.getVersion(),
                e.getKind().name(),
                e.getSeq() == null ? e.getTargetSeq() : e.getSeq(),
                e.getLastSeq(),
                e.getFrom(),
                e.getAt().toEpochMilli(),
                e.getTitle(),
                List.copyOf(e.getRemoved()));
        switch (e.getKind()) {
            case MESSAGE ->
                cells.cql(
                        "INSERT INTO messages_by_conversation (conversation, bucket, seq, version, message_id,"
                                + " from_user, at, body) VALUES (?, 0, ?, ?, ?, ?, ?, ?) USING TIMESTAMP "
                                + e.getStamp(),
                        group,
                        e.getSeq(),
                        e.getVersion(),
                        e.getMessageId(),
                        e.getFrom(),
                        e.getAt().toEpochMilli(),
                        body(e));
            case EDITED ->
                cells.cql(
                        "UPDATE messages_by_conversation USING TIMESTAMP " + e.getStamp() + " SET body = ?,"
                                + " edited_version = ?, edited_at = ?, edited_by = ?"
                                + " WHERE conversation = ? AND bucket = 0 AND seq = ?",
                        body(e),
                        e.getVersion(),
                        e.getAt().toEpochMilli(),
                        e.getFrom(),
                        group,
                        e.getTargetSeq());
            case REACTION ->
                cells.cql(
                        "UPDATE messages_by_conversation USING TIMESTAMP " + e.getStamp()
                                + " SET reactions[?] = ? WHERE conversation = ? AND bucket = 0 AND seq = ?",
                        e.getFrom() + " " + e.getEmoji(),
                        e.getVersion(),
                        group,
                        e.getTargetSeq());
            case CONVERSATION ->
                cells.cql(
                        "INSERT INTO titles_by_conversation (conversation, version, title) VALUES (?, ?, ?)"
                                + " USING TIMESTAMP " + e.getStamp(),
                        group,
                        e.getVersion(),
                        e.getTitle());
            case MEMBERS ->
                cells.cql(
                        "INSERT INTO members_by_conversation (conversation, user, version, joined, last_seq)"
                                + " VALUES (?, ?, ?, false, ?) USING TIMESTAMP " + e.getStamp(),
                        group,
                        gone,
                        e.getVersion(),
                        e.getLastSeq());
            default -> throw new IllegalArgumentException("no row is written here of " + e.getKind());
        }
    }

    private static ByteBuffer body(ConversationEvent e) {
        return e.getBody().duplicate();
    }

    private void awaitNext(String user, long position) {
        log.flush();
        await().atMost(PATIENCE)
                .until(() -> api.get(user, "/v1/timeline?after=0").path("next").asLong() == position);
    }

    private void awaitHead(String user, long position) {
        await().atMost(PATIENCE)
                .until(() -> api.get(user, "/v1/timeline?limit=1").path("head").asLong() == position);
    }
}
