package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.TimelineEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Harm done to a sound run, and the name under which it has to be reported. {@code alone}: under no other name. Where
 * the log itself is harmed, the other views contradict it in more than one way.
 */
enum Plant {
    LOSS_AT_HEAD_OF_LOG(Flaw.LOST, false, (run, random) -> run.events.remove(message(run, 0))),
    LOSS_IN_MIDDLE_OF_LOG(Flaw.LOST, false, (run, random) -> run.events.remove(message(run, random.nextInt(3) + 3))),
    LOSS_AT_TAIL_OF_LOG(Flaw.LOST, false, (run, random) -> loseTail(run)),
    LOSS_IN_TIMELINE(Flaw.LOST, false, (run, random) -> run.entries.remove(pick(run.entries, random, Plant::isEvent))),
    LOSS_OF_TIMELINE_TAIL(Flaw.LOST, false, (run, random) -> run.entries.remove(tail(run.entries, Plant::isEvent))),
    LOSS_OF_MESSAGE_ROW(Flaw.LOST, true, (run, random) -> run.messageRows.remove(random.nextInt(20))),
    LOSS_OF_EVENT_ROW(Flaw.LOST, true, (run, random) -> run.eventRows.remove(random.nextInt(20))),
    LOSS_OF_LAST_EVENT_ROW(Flaw.LOST, true, (run, random) -> run.eventRows.remove(run.eventRows.size() - 1)),
    LOSS_OF_TIMELINE_ROW(Flaw.LOST, true, (run, random) -> run.entryRows.remove(random.nextInt(20))),
    PROJECTION_BEHIND(
            Flaw.LOST,
            true,
            (run, random) -> run.appliedRows.replaceAll(
                    row -> new Tables.AppliedRow(row.conversation(), row.version() - 1, row.seq()))),
    LOSS_ON_FRESH_DEVICE_AT_TAIL(Flaw.LOST, true, (run, random) -> fresh(run, told -> told.remove(told.size() - 1))),
    LOSS_OF_READ_MARK(
            Flaw.LOST,
            true,
            (run, random) -> run.lines.addAll(List.of(
                    new Line.Invoked(
                            9_001,
                            Action.READ,
                            "alice",
                            "device-0",
                            "d:alice:bob",
                            "k9001",
                            null,
                            9_999L,
                            List.of(),
                            1),
                    new Line.Ended(9_001, Outcome.OK, "d:alice:bob", null, null, null, false, null, 2)))),
    LOSS_OF_WHAT_WAS_ACCEPTED(
            Flaw.LOST,
            true,
            (run, random) -> run.lines.addAll(List.of(
                    new Line.Invoked(
                            9_002, Action.SEND, "alice", "device-0", "d:alice:bob", "k9002", "h", null, List.of(), 1),
                    new Line.Accepted(9_002, 2)))),

    HOLE_AT_HEAD_OF_DEVICE(Flaw.HOLE, true, (run, random) -> device(run, told -> told.remove(0))),
    HOLE_IN_DEVICE(Flaw.HOLE, true, (run, random) -> device(run, told -> told.remove(told.size() / 2))),
    HOLE_IN_FRESH_DEVICE(Flaw.HOLE, true, (run, random) -> fresh(run, told -> told.remove(told.size() / 2))),
    HOLE_IN_LOG(Flaw.HOLE, false, (run, random) -> run.events.remove(message(run, 2))),
    STALE(Flaw.STALE_DEVICE, true, (run, random) -> device(run, told -> told.remove(told.size() - 1))),
    DEAF(Flaw.STALE_DEVICE, true, (run, random) -> device(run, List::clear)),

    DOUBLE_ON_DEVICE(Flaw.DUPLICATE, true, (run, random) -> device(run, told -> told.add(told.get(1)))),
    DOUBLE_ON_FRESH_DEVICE(Flaw.DUPLICATE, true, (run, random) -> fresh(run, told -> told.add(told.get(0)))),
    DOUBLE_DECISION(Flaw.DUPLICATE, false, (run, random) -> {
        var first = message(run, 1);
        var last = lastOf(run, first.getConversation());
        run.events.add(ConversationEvent.newBuilder(first)
                .setVersion(last.getVersion() + 1)
                .setSeq(last.getLastSeq() + 1)
                .setLastSeq(last.getLastSeq() + 1)
                .build());
    }),

    SWAP_ON_DEVICE(Flaw.REORDERED, true, (run, random) -> device(run, told -> swap(told, told.size() / 2))),
    SWAP_IN_LOG(Flaw.REORDERED, false, (run, random) -> swapInLog(run)),
    SWAP_OF_ANSWERED_SENDS(Flaw.REORDERED, false, (run, random) -> swapAnswered(run)),

    SEQ_OF_TWO_MESSAGES(Flaw.SEQ_TWICE, false, (run, random) -> {
        var second = secondMessage(run, random);
        replace(run, second, event -> event.setSeq(second.getSeq() - 1));
    }),
    OTHER_SEQ_IN_ANSWER(
            Flaw.SEQ_TWICE,
            true,
            (run, random) -> answer(
                    run,
                    end -> new Line.Ended(
                            end.op(),
                            end.outcome(),
                            end.conversation(),
                            end.seq() + 1,
                            end.version(),
                            end.messageId(),
                            false,
                            null,
                            end.atNs()))),

    PHANTOM_IN_LOG(Flaw.PHANTOM, false, (run, random) -> {
        var last = run.events.get(run.events.size() - 1);
        run.events.add(ConversationEvent.newBuilder(last)
                .setVersion(last.getVersion() + 1)
                .setClientMessageId("nobody")
                .build());
    }),
    PHANTOM_ON_DEVICE(
            Flaw.PHANTOM,
            true,
            (run, random) -> device(run, told -> {
                var last = told.get(told.size() - 1);
                told.add(at(last, last.position() + 1));
            })),
    PHANTOM_ROW(
            Flaw.PHANTOM,
            true,
            (run, random) ->
                    run.messageRows.add(new Tables.MessageRow("d:alice:bob", 9_999, 9_999, "M", "alice", "k", "h"))),
    REFUSED_AND_POSTED(
            Flaw.PHANTOM,
            true,
            (run, random) -> answer(
                    run,
                    end -> new Line.Ended(
                            end.op(),
                            Outcome.FAILED,
                            end.conversation(),
                            null,
                            null,
                            null,
                            false,
                            "invalid",
                            end.atNs()))),

    LEAK_TO_DEVICE(
            Flaw.LEAK,
            false,
            (run, random) -> device(run, told -> {
                var last = told.get(told.size() - 1);
                told.add(new Line.Delivered(
                        last.user(),
                        last.device(),
                        last.position() + 1,
                        stranger(run, last.user()),
                        1L,
                        "message",
                        1L,
                        "M",
                        "x",
                        null,
                        "h",
                        null,
                        null,
                        last.atNs()));
            })),
    LEAK_IN_TIMELINE(Flaw.LEAK, false, (run, random) -> {
        var last = run.entries.get(run.entries.size() - 1);
        run.entries.add(TimelineEntry.newBuilder(last)
                .setPosition(run.entries.stream()
                                .filter(entry -> entry.getUser().equals(last.getUser()))
                                .count()
                        + 1)
                .setConversation(stranger(run, last.getUser()))
                .setVersion(1L)
                .build());
    }),

    ALTERED_IN_LOG(
            Flaw.ALTERED,
            false,
            (run, random) -> replace(
                    run,
                    message(run, 1),
                    event -> event.setBody(
                            ByteBuffer.wrap("{\"kind\":\"text\",\"text\":\"!\"}".getBytes(StandardCharsets.UTF_8))))),
    ALTERED_ON_DEVICE(Flaw.ALTERED, true, (run, random) -> device(run, told -> told.replaceAll(Plant::spoil))),
    ALTERED_ON_FRESH_DEVICE(Flaw.ALTERED, true, (run, random) -> fresh(run, told -> told.replaceAll(Plant::spoil))),
    ALTERED_ROW(
            Flaw.ALTERED,
            true,
            (run, random) -> run.messageRows.replaceAll(row -> row.seq() == 1
                    ? new Tables.MessageRow(
                            row.conversation(),
                            row.seq(),
                            row.version(),
                            row.messageId(),
                            row.from(),
                            row.key(),
                            "spoilt")
                    : row)),

    WRONG_UNREAD_ON_DEVICE(
            Flaw.WRONG_UNREAD,
            true,
            (run, random) -> device(run, told -> {
                var last = told.remove(told.size() - 1);
                told.add(counting(last, last.unread() + 1));
            })),
    WRONG_UNREAD_IN_LOG(Flaw.WRONG_UNREAD, false, (run, random) -> {
        int which = random.nextInt(run.entries.size());
        var entry = run.entries.get(which);
        run.entries.set(
                which,
                TimelineEntry.newBuilder(entry).setUnread(entry.getUnread() + 1).build());
    }),
    WRONG_UNREAD_IN_LIST(
            Flaw.WRONG_UNREAD,
            true,
            (run, random) -> run.boxRows.replaceAll(
                    box -> new Box(box.user(), box.conversation(), box.lastSeq(), box.readSeq(), box.unread() + 1))),
    WRONG_TOTAL(
            Flaw.WRONG_UNREAD,
            true,
            (run, random) -> run.fresh.replaceAll(device -> new FreshDevice(
                    device.user(), device.head(), device.entries(), device.boxes(), device.totalUnread() + 1))),

    OTHER_HASH_IN_ROW(
            Flaw.VIEWS_DIFFER,
            true,
            (run, random) -> run.eventRows.replaceAll(
                    row -> new Tables.EventRow(row.conversation(), row.version(), row.seq(), "00"))),
    OTHER_COUNT_IN_ROW(
            Flaw.VIEWS_DIFFER,
            true,
            (run, random) -> run.entryRows.replaceAll(row -> new Tables.EntryRow(
                    row.user(),
                    row.position(),
                    row.conversation(),
                    row.version(),
                    row.seq(),
                    row.hash(),
                    row.unread() + 1,
                    row.totalUnread()))),
    OTHER_ENTRY_ON_DEVICE(
            Flaw.VIEWS_DIFFER,
            true,
            (run, random) -> device(run, told -> {
                var last = told.remove(told.size() - 1);
                told.add(new Line.Delivered(
                        last.user(),
                        last.device(),
                        last.position(),
                        last.conversation(),
                        last.version(),
                        "conversation",
                        last.seq(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        last.atNs()));
            })),

    CHAIN_BROKEN_IN_CONVERSATION(
            Flaw.CHAIN_BROKEN,
            false,
            (run, random) -> replace(
                    run,
                    message(run, 1),
                    event -> event.setHash(
                            new Hash128(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})))),
    NOBODY_LOOKED(Flaw.NO_EVIDENCE, true, (run, random) -> run.fresh.clear()),
    ONE_USER_NOT_LOOKED_AT(Flaw.NO_EVIDENCE, true, (run, random) -> run.fresh.remove(0)),
    NO_ROWS(Flaw.NO_EVIDENCE, false, (run, random) -> {
        run.messageRows.clear();
        run.eventRows.clear();
        run.entryRows.clear();
    });

    private final Flaw flaw;
    private final boolean alone;
    private final BiConsumer<SoundRun, Random> harm;

    Plant(Flaw flaw, boolean alone, BiConsumer<SoundRun, Random> harm) {
        this.flaw = flaw;
        this.alone = alone;
        this.harm = harm;
    }

    Flaw flaw() {
        return flaw;
    }

    boolean alone() {
        return alone;
    }

    void into(SoundRun run, Random random) {
        harm.accept(run, random);
    }

    /** The n-th message whose sender was told that it stands. */
    private static ConversationEvent message(SoundRun run, int n) {
        return run.events.stream()
                .filter(event -> event.getKind() == EventKind.MESSAGE && isAnswered(run, event))
                .skip(n)
                .findFirst()
                .orElseThrow();
    }

    private static void loseTail(SoundRun run) {
        var last = tail(run.events, event -> isAnswered(run, event));
        run.events.remove(last);
        // Nobody else has heard of it, so that its sender's word is all there is.
        run.entries.removeIf(entry -> entry.getConversation().equals(last.getConversation())
                && Long.valueOf(last.getVersion()).equals(entry.getVersion()));
    }

    private static boolean isAnswered(SoundRun run, ConversationEvent event) {
        return run.lines.stream()
                .anyMatch(line -> line instanceof Line.Ended end
                        && end.outcome() == Outcome.OK
                        && event.getConversation().equals(end.conversation())
                        && Long.valueOf(event.getVersion()).equals(end.version()));
    }

    private static ConversationEvent lastOf(SoundRun run, String conversation) {
        return tail(run.events, event -> event.getConversation().equals(conversation));
    }

    private static ConversationEvent secondMessage(SoundRun run, Random random) {
        return pick(run.events, random, event -> event.getKind() == EventKind.MESSAGE && event.getSeq() > 1);
    }

    private static void replace(
            SoundRun run, ConversationEvent event, UnaryOperator<ConversationEvent.Builder> change) {
        run.events.set(
                run.events.indexOf(event),
                change.apply(ConversationEvent.newBuilder(event)).build());
    }

    private static void swapInLog(SoundRun run) {
        for (int i = 0; i + 1 < run.events.size(); i++) {
            if (run.events.get(i).getConversation().equals(run.events.get(i + 1).getConversation())) {
                var moved = run.events.remove(i);
                run.events.add(i + 1, moved);
                return;
            }
        }
    }

    /** The first message of a conversation is said to have been sent after the second one was answered. */
    private static void swapAnswered(SoundRun run) {
        var second = run.events.stream()
                .filter(event -> event.getKind() == EventKind.MESSAGE && event.getSeq() > 1 && isAnswered(run, event))
                .findFirst()
                .orElseThrow();
        var ops = new HashMap<String, Long>();
        run.lines.forEach(line -> {
            if (line instanceof Line.Ended end && second.getConversation().equals(end.conversation())) {
                ops.putIfAbsent("version " + end.version(), end.op());
            }
        });
        long op = ops.get("version " + second.getVersion());
        run.lines.replaceAll(line -> {
            if (line instanceof Line.Ended end && end.op() == op) {
                return new Line.Ended(
                        op, Outcome.OK, end.conversation(), end.seq(), end.version(), end.messageId(), false, null, -8);
            }
            if (line instanceof Line.Invoked begin && begin.op() == op) {
                return new Line.Invoked(
                        op,
                        begin.action(),
                        begin.user(),
                        begin.device(),
                        begin.conversation(),
                        begin.key(),
                        begin.bodyHash(),
                        null,
                        List.of(),
                        -9);
            }
            return line;
        });
    }

    private static void answer(SoundRun run, UnaryOperator<Line.Ended> change) {
        for (int i = 0; i < run.lines.size(); i++) {
            if (run.lines.get(i) instanceof Line.Ended end && end.seq() != null) {
                run.lines.set(i, change.apply(end));
                return;
            }
        }
    }

    /** Harms what the first of alice's devices was told. */
    private static void device(SoundRun run, java.util.function.Consumer<List<Line.Delivered>> harm) {
        var told = new ArrayList<Line.Delivered>();
        run.lines.removeIf(line -> line instanceof Line.Delivered delivered
                && delivered.user().equals("alice")
                && delivered.device().equals("device-0")
                && told.add(delivered));
        harm.accept(told);
        run.lines.addAll(told);
    }

    private static void fresh(SoundRun run, java.util.function.Consumer<List<Line.Delivered>> harm) {
        var sound = run.fresh.stream()
                .filter(device -> device.user().equals("alice"))
                .findFirst()
                .orElseThrow();
        var told = new ArrayList<>(sound.entries());
        harm.accept(told);
        run.fresh.set(
                run.fresh.indexOf(sound),
                new FreshDevice("alice", sound.head(), told, sound.boxes(), sound.totalUnread()));
    }

    private static void swap(List<Line.Delivered> told, int at) {
        var moved = told.remove(at);
        told.add(at - 1, moved);
    }

    private static Line.Delivered spoil(Line.Delivered sound) {
        return sound.bodyHash() == null
                ? sound
                : new Line.Delivered(
                        sound.user(),
                        sound.device(),
                        sound.position(),
                        sound.conversation(),
                        sound.version(),
                        sound.kind(),
                        sound.seq(),
                        sound.messageId(),
                        sound.from(),
                        sound.key(),
                        "spoilt",
                        sound.unread(),
                        sound.totalUnread(),
                        sound.atNs());
    }

    private static Line.Delivered counting(Line.Delivered sound, Long unread) {
        return new Line.Delivered(
                sound.user(),
                sound.device(),
                sound.position(),
                sound.conversation(),
                sound.version(),
                sound.kind(),
                sound.seq(),
                sound.messageId(),
                sound.from(),
                sound.key(),
                sound.bodyHash(),
                unread,
                sound.totalUnread(),
                sound.atNs());
    }

    private static Line.Delivered at(Line.Delivered sound, long position) {
        return new Line.Delivered(
                sound.user(),
                sound.device(),
                position,
                sound.conversation(),
                sound.version(),
                sound.kind(),
                sound.seq(),
                sound.messageId(),
                sound.from(),
                sound.key(),
                sound.bodyHash(),
                sound.unread(),
                sound.totalUnread(),
                sound.atNs());
    }

    /** A direct conversation of two others. */
    private static String stranger(SoundRun run, String user) {
        return run.events.stream()
                .map(ConversationEvent::getConversation)
                .filter(each -> each.startsWith("d:")
                        && !List.of(each.substring(2).split(":")).contains(user))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isEvent(TimelineEntry entry) {
        return entry.getVersion() != null;
    }

    private static <T> T tail(List<T> from, Predicate<T> which) {
        var found = from.stream().filter(which).toList();
        return found.get(found.size() - 1);
    }

    private static <T> T pick(List<T> from, Random random, Predicate<T> which) {
        var found = from.stream().filter(which).toList();
        return found.get(random.nextInt(found.size()));
    }
}
