package io.millrace.schemas.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One full record of every type of the catalogue: each field has a value that is not its default. */
public final class Samples {
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_123L);

    private Samples() {}

    public static List<SpecificRecord> all() {
        return List.of(
                command(),
                userCommand(),
                event(),
                rejection(),
                InboxRecord.newBuilder()
                        .setPartition(3)
                        .setMembers(List.of("alice", "bob"))
                        .setEvent(event())
                        .setReceipts(true)
                        .build(),
                entry(),
                new Receipt("d:alice:bob", "bob", 12L, 11L, 1_790_000_000_123_000L, AT),
                signal(),
                delivery(),
                Broadcast.newBuilder().setEvent(event()).build(),
                Revocation.newBuilder().setNotBefore(AT).setReason("lost phone").build(),
                epoch(),
                new UserKey(UserKeyState.KEY, "alice", bytes("0123456789abcdef0123456789abcdef"), AT, "made"),
                new OperatorAct(
                        ActKind.DEAD_LETTER_DROPPED,
                        "commands.dlq:7:0",
                        "olga@desk",
                        AT,
                        "nobody waits for it",
                        "as it was not Avro"),
                deadLetter(),
                new WebhookState(true, WebhookPauseCause.GONE, AT),
                webhookDeadLetter());
    }

    public static Command command() {
        return Command.newBuilder()
                .setType(CommandType.EDIT)
                .setConversation("d:alice:bob")
                .setUser("alice")
                .setDevice("phone-1")
                .setClientMessageId("c-01")
                .setFingerprint(hash(1))
                .setBody(bytes("{\"kind\":\"text\",\"text\":\"héllo 你好\"}"))
                .setBodyKey("k-1")
                .setReplyTo(11L)
                .setMentions(List.of("bob"))
                .setTargetSeq(9L)
                .setEmoji("👍")
                .setReactionRemoved(true)
                .setUsers(List.of("carol"))
                .setTitle("Trip")
                .setRole(Role.ADMIN)
                .setUntil(AT)
                .setMentionAll(true)
                .setReceivedAt(AT)
                .setOrigin(origin())
                .setBodyKind("text")
                .setExpiresAt(AT)
                .setSendAt(AT)
                .setTargetVersion(13L)
                .setAnnouncement("Bring boots")
                .setJoinRule(JoinRule.OPEN)
                .setLink("kQ3tZ0yV5mWvYb2c")
                .setService(true)
                .build();
    }

    public static ConversationEvent event() {
        return eventBuilder().build();
    }

    public static ConversationEvent.Builder eventBuilder() {
        return ConversationEvent.newBuilder()
                .setConversation("d:alice:bob")
                .setVersion(14)
                .setSeq(12L)
                .setLastSeq(12)
                .setStamp(1_790_000_000_123_456L)
                .setAt(AT)
                .setHash(hash(2))
                .setKind(EventKind.MESSAGE)
                .setFrom("alice")
                .setDevice("phone-1")
                .setClientMessageId("c-01")
                .setFingerprint(hash(1))
                .setMessageId("01K5RM9W0Y0000000000000000")
                .setBody(bytes("{\"kind\":\"text\",\"text\":\"hi\"}"))
                .setBodyKey("k-1")
                .setReplyTo(11L)
                .setMentions(List.of("bob"))
                .setTargetSeq(9L)
                .setEmoji("👍")
                .setReactionRemoved(true)
                .setAdded(List.of(new MemberRef("carol", Role.ADMIN)))
                .setRemoved(List.of("dave"))
                .setTitle("Trip")
                .setMentionAll(true)
                .setMuted(List.of("carol"))
                .setMutedUntil(AT)
                .setBodyKind("text")
                .setCounted(false)
                .setNotify(false)
                .setExpiresAt(AT)
                .setSendAt(AT)
                .setTargetVersion(13L)
                .setCode("muted")
                .setAnnouncement("Bring boots")
                .setJoinRule(JoinRule.OPEN)
                .setLink("kQ3tZ0yV5mWvYb2c")
                .setLinkUntil(AT);
    }

    public static TimelineEntry entry() {
        return entryBuilder().build();
    }

    public static TimelineEntry.Builder entryBuilder() {
        return TimelineEntry.newBuilder()
                .setUser("alice")
                .setEpoch("e-1")
                .setPosition(58)
                .setStamp(1_790_000_000_123_457L)
                .setAt(AT)
                .setHash(hash(3))
                .setKind(EventKind.MESSAGE)
                .setConversation("d:alice:bob")
                .setVersion(14L)
                .setSeq(12L)
                .setLastSeq(12)
                .setReadSeq(12)
                .setJoinedVersion(1)
                .setLeftVersion(20L)
                .setFrom("alice")
                .setDevice("phone-1")
                .setClientMessageId("c-01")
                .setUnread(3)
                .setUnreadMentions(1)
                .setTotalUnread(7)
                .setMentioned(true)
                .setHidden(true)
                .setRequest(true)
                .setSettings(settings())
                .setUncounted(true);
    }

    private static Settings settings() {
        return new Settings(
                true, true, true, 5L, bytes("{\"kind\":\"text\",\"text\":\"half a\"}"), true, "Bobby", true);
    }

    private static Signal signal() {
        return new Signal(
                3,
                List.of("alice", "bob"),
                SignalKind.RECEIPT,
                "d:alice:bob",
                "bob",
                12L,
                11L,
                AT,
                origin(),
                true,
                AT,
                bytes("{\"kind\":\"call\"}"),
                "k-1");
    }

    private static UserCommand userCommand() {
        return UserCommand.newBuilder()
                .setType(UserCommandType.SESSION_OPEN)
                .setUser("alice")
                .setOrigin(origin())
                .setDevice("phone-1")
                .setAttempt(3L)
                .setSessionLimit(8)
                .setStored(41L)
                .setConversation("d:alice:bob")
                .setSeq(12L)
                .setClientMessageId("c-02")
                .setMuted(true)
                .setPinned(true)
                .setHidden(true)
                .setClearedSeq(5L)
                .setDraft(bytes("{\"kind\":\"text\",\"text\":\"half a\"}"))
                .setTick(7L)
                .setContact(true)
                .setAlias("Bobby")
                .setInvisible(true)
                .build();
    }

    private static Rejection rejection() {
        return Rejection.newBuilder()
                .setConversation("d:alice:bob")
                .setUser("alice")
                .setClientMessageId("c-03")
                .setFingerprint(hash(4))
                .setCode(DecisionCode.FORBIDDEN)
                .setUnchanged(true)
                .setAt(AT)
                .build();
    }

    private static Delivery delivery() {
        return Delivery.newBuilder()
                .setEdge("e-7")
                .setKind(DeliveryKind.ENTRY)
                .setTargets(List.of(new DeliveryTarget("bob", "s-1", 31L, 3L, 1L, 7L, true, true)))
                .setEvent(event())
                .setRead(new ReadCursor("d:alice:bob", 12L, AT))
                .setDecision(Decision.newBuilder()
                        .setSession("s-1")
                        .setCommand(5)
                        .setClientMessageId("c-01")
                        .setConversation("d:alice:bob")
                        .setCode(DecisionCode.POSTED)
                        .setReason("a reason")
                        .setSeq(12L)
                        .setVersion(14L)
                        .setMessageId("01K5RM9W0Y0000000000000000")
                        .setAt(AT)
                        .setDuplicate(true)
                        .setUnchanged(true)
                        .setScheduled(true)
                        .setEntries(2)
                        .build())
                .setWelcome(new Welcome("s-1", "bob", "web-1", "e-1", 30L))
                .setClose(new SessionClose("s-1", 4409, "replaced"))
                .setSettings(new SettingsChange("d:alice:bob", settings(), 4L, "phone-1", "c-04", AT))
                .setSignal(signal())
                .setTick(7L)
                .build();
    }

    private static Epoch epoch() {
        return new Epoch("e-1", "MkU3OEVBNTcwNTJENDM2Qg", 8, 8, 4, AT);
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setTopic("commands")
                .setPartition(3)
                .setOffset(77)
                .setTimestamp(AT)
                .setKey(bytes("d:alice:bob"))
                .setValue(bytes("no avro"))
                .setCause(DeadLetterCause.NOT_AVRO)
                .setDetail("no header")
                .setComponent("conversations")
                .build();
    }

    private static WebhookDeadLetter webhookDeadLetter() {
        return WebhookDeadLetter.newBuilder()
                .setSubscriber("billing")
                .setPartition(3)
                .setOffset(77)
                .setConversation("d:alice:bob")
                .setVersion(14L)
                .setCause(WebhookDeadLetterCause.REFUSED)
                .setStatus(422)
                .setAttempts(2)
                .setFirstAttemptAt(AT)
                .setAt(AT)
                .setDetail("answered 422")
                .build();
    }

    private static Origin origin() {
        return new Origin("e-7", 2, "s-1", 5L);
    }

    private static Hash128 hash(int first) {
        var bytes = new byte[16];
        bytes[0] = (byte) first;
        bytes[15] = (byte) 0xff;
        return new Hash128(bytes);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
