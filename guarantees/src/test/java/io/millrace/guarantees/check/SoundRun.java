package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.BodyHash;
import io.millrace.guarantees.history.History;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Rejection;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run in which nothing went wrong, made from a seed: a small model of the product that keeps all four views. The lists
 * are open, so that a test can spoil one of them.
 */
final class SoundRun {
    static {
        RecordSerdes.at("http://localhost"); // builders of records need their classes trusted; nobody is asked
    }

    private static final String GROUP = "g:group";
    private static final int STEPS = 160;

    final List<Line> lines = new ArrayList<>();
    final List<ConversationEvent> events = new ArrayList<>();
    final List<TimelineEntry> entries = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();
    final List<Tables.MessageRow> messageRows = new ArrayList<>();
    final List<Tables.EventRow> eventRows = new ArrayList<>();
    final List<Tables.EntryRow> entryRows = new ArrayList<>();
    final List<Tables.AppliedRow> appliedRows = new ArrayList<>();
    final List<Box> boxRows = new ArrayList<>();
    final List<FreshDevice> fresh = new ArrayList<>();

    private final Random random;
    private final Map<String, List<String>> devices = new TreeMap<>();
    private final Map<String, List<ConversationEvent>> conversations = new TreeMap<>();
    private final Map<String, List<TimelineEntry>> timelines = new TreeMap<>();
    private final Map<String, TreeSet<Long>> recalled = new HashMap<>();
    private final Map<String, Long> joined = new TreeMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> lastKnown = new TreeMap<>();
    private final List<Runnable> retries = new ArrayList<>();
    private long now = 1;
    private long nextOp = 1;

    SoundRun(long seed) {
        random = new Random(seed);
        for (String user : List.of("alice", "bob", "carol", "dave")) {
            var own = new ArrayList<String>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                own.add("device-" + i);
                lines.add(new Line.Session(user, "device-" + i, "open", 0));
            }
            devices.put(user, own);
        }
        create();
        send("alice", "bob");
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        retries.forEach(Runnable::run);
        finish();
    }

    Evidence evidence() {
        return new Evidence(
                History.of(lines),
                new Committed(events, entries, rejections),
                new Tables(messageRows, eventRows, entryRows, appliedRows, boxRows),
                fresh);
    }

    private void step() {
        now += 1 + random.nextInt(20);
        var user = pick(new ArrayList<>(devices.keySet()));
        switch (random.nextInt(12)) {
            case 0 -> changeMembers();
            case 1, 2 -> markRead(user);
            case 3 -> alter(user, Action.EDIT);
            case 4 -> alter(user, Action.RECALL);
            case 5, 6, 7 -> sendToGroup(user);
            default -> send(user, pick(new ArrayList<>(devices.keySet())));
        }
    }

    private void create() {
        long op = invoke(Action.CREATE, "alice", null, null, null, List.of("bob", "carol"));
        var event = event(GROUP, EventKind.MEMBERS, "alice", key(op))
                .setAdded(List.of(
                        new MemberRef("alice", Role.OWNER),
                        new MemberRef("bob", Role.MEMBER),
                        new MemberRef("carol", Role.MEMBER)))
                .setTitle("group");
        ended(op, append(event));
    }

    private void changeMembers() {
        boolean in = joined.containsKey("carol");
        var action = in ? Action.REMOVE : Action.ADD;
        long op = invoke(action, "alice", GROUP, null, null, List.of("carol"));
        var event = event(GROUP, EventKind.MEMBERS, "alice", key(op));
        event = in ? event.setRemoved(List.of("carol")) : event.setAdded(List.of(new MemberRef("carol", Role.MEMBER)));
        ended(op, append(event));
    }

    private void send(String user, String other) {
        if (!user.equals(other)) {
            sendTo(user, user.compareTo(other) <= 0 ? "d:" + user + ":" + other : "d:" + other + ":" + user);
        }
    }

    private void sendToGroup(String user) {
        if (joined.containsKey(user)) {
            sendTo(user, GROUP);
            return;
        }
        var body = body();
        long op = invoke(Action.SEND, user, GROUP, BodyHash.ofText(body), null, List.of());
        rejections.add(new Rejection(
                GROUP,
                user,
                key(op),
                new Hash128(new byte[16]),
                DecisionCode.NOT_MEMBER,
                false,
                Instant.ofEpochMilli(now)));
        end(op, Outcome.FAILED, GROUP, null, "not_member");
    }

    private void sendTo(String user, String conversation) {
        var body = body();
        long op = invoke(Action.SEND, user, conversation, BodyHash.ofText(body), null, List.of());
        int fate = random.nextInt(20);
        if (fate == 0) {
            end(op, Outcome.UNKNOWN, conversation, null, "closed");
            return;
        }
        var posted = append(event(conversation, EventKind.MESSAGE, user, key(op))
                .setSeq(lastSeq(conversation) + 1)
                .setLastSeq(lastSeq(conversation) + 1)
                .setMessageId("M" + op)
                .setBody(ByteBuffer.wrap(body)));
        if (fate == 1) {
            end(op, Outcome.UNKNOWN, conversation, null, "closed");
        } else {
            lines.add(new Line.Accepted(op, now + 5));
            ended(op, posted);
        }
        if (fate == 1) {
            // when others have said more since
            retries.add(() -> sendAgain(op, user, body, posted));
        } else if (fate <= 3) {
            sendAgain(op, user, body, posted);
        }
    }

    private void sendAgain(long op, String user, byte[] body, ConversationEvent posted) {
        long again = nextOp++;
        lines.add(new Line.Invoked(
                again,
                Action.SEND,
                user,
                "device-0",
                posted.getConversation(),
                key(op),
                BodyHash.ofText(body),
                null,
                List.of(),
                now + 50));
        now += 60;
        ended(again, posted);
    }

    private void markRead(String user) {
        var timeline = timelines.getOrDefault(user, List.of());
        if (timeline.isEmpty()) {
            return;
        }
        var conversation = pick(timeline).getConversation();
        long seq = lastKnown.getOrDefault(user + " " + conversation, 0L);
        if (seq <= read.getOrDefault(user + " " + conversation, 0L) || !isMember(user, conversation)) {
            return;
        }
        seq = read.getOrDefault(user + " " + conversation, 0L) + 1;
        long op = invoke(Action.READ, user, conversation, null, seq, List.of());
        read.merge(user + " " + conversation, seq, Math::max);
        enter(user, conversation, EventKind.READ, null, seq, user, null, null);
        end(op, Outcome.OK, conversation, null, null);
    }

    private void alter(String user, Action action) {
        var own = events.stream()
                .filter(e -> e.getKind() == EventKind.MESSAGE && e.getFrom().equals(user))
                .filter(e -> isMember(user, e.getConversation()))
                .filter(e -> !gone(e.getConversation()).contains(e.getSeq()))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        var target = pick(own);
        var body = body();
        boolean edit = action == Action.EDIT;
        long op = invoke(
                action,
                user,
                target.getConversation(),
                edit ? BodyHash.ofText(body) : null,
                target.getSeq(),
                List.of());
        var event = event(target.getConversation(), edit ? EventKind.EDITED : EventKind.RECALLED, user, key(op))
                .setTargetSeq(target.getSeq());
        if (edit) {
            event.setBody(ByteBuffer.wrap(body));
        } else {
            gone(target.getConversation()).add(target.getSeq());
        }
        ended(op, append(event));
    }

    private ConversationEvent.Builder event(String conversation, EventKind kind, String from, String key) {
        return ConversationEvent.newBuilder()
                .setConversation(conversation)
                .setVersion(conversations.getOrDefault(conversation, List.of()).size() + 1)
                .setLastSeq(lastSeq(conversation))
                .setStamp(1_000 + events.size())
                .setAt(Instant.ofEpochMilli(now))
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setFrom(from)
                .setDevice("device-0")
                .setClientMessageId(key)
                .setFingerprint(new Hash128(new byte[16]));
    }

    /** Puts the event into the log and tells it to its members. */
    private ConversationEvent append(ConversationEvent.Builder draft) {
        var log = conversations.computeIfAbsent(draft.getConversation(), c -> new ArrayList<>());
        var before = log.isEmpty() ? ChainHash.NONE : log.get(log.size() - 1).getHash();
        var event = draft.setHash(ChainHash.next(before, draft.build())).build();
        log.add(event);
        events.add(event);
        boolean group = event.getConversation().equals(GROUP);
        for (MemberRef member : event.getAdded()) {
            joined.put(member.getUser(), event.getVersion());
            read.merge(member.getUser() + " " + GROUP, event.getLastSeq(), Math::max);
        }
        for (String user : event.getRemoved()) {
            read.merge(user + " " + GROUP, event.getLastSeq(), Math::max);
        }
        var told = group
                ? List.copyOf(joined.keySet())
                : List.of(event.getConversation().substring(2).split(":"));
        for (String user : told) {
            if (event.getKind() == EventKind.MESSAGE && user.equals(event.getFrom())) {
                read.merge(user + " " + event.getConversation(), event.getSeq(), Math::max);
            }
            lastKnown.put(user + " " + event.getConversation(), event.getLastSeq());
            var seq = event.getSeq() != null ? event.getSeq() : event.getTargetSeq();
            enter(
                    user,
                    event.getConversation(),
                    event.getKind(),
                    event.getVersion(),
                    seq,
                    event.getFrom(),
                    event,
                    event.getRemoved().contains(user) ? event.getVersion() : null);
        }
        event.getRemoved().forEach(joined::remove);
        return event;
    }

    private void enter(
            String user,
            String conversation,
            EventKind kind,
            Long version,
            Long seq,
            String from,
            ConversationEvent event,
            Long leftVersion) {
        var timeline = timelines.computeIfAbsent(user, u -> new ArrayList<>());
        boolean own = from.equals(user);
        var draft = TimelineEntry.newBuilder()
                .setUser(user)
                .setEpoch("e1")
                .setPosition(timeline.size() + 1)
                .setStamp(1_000 + entries.size())
                .setAt(Instant.ofEpochMilli(now))
                .setHash(ChainHash.NONE)
                .setKind(kind)
                .setConversation(conversation)
                .setVersion(version)
                .setSeq(seq)
                .setLastSeq(lastKnown.getOrDefault(user + " " + conversation, 0L))
                .setReadSeq(read.getOrDefault(user + " " + conversation, 0L))
                .setJoinedVersion(conversation.equals(GROUP) ? joined.get(user) : 1L)
                .setLeftVersion(leftVersion)
                .setFrom(from)
                .setDevice(own ? "device-0" : null)
                .setClientMessageId(own && event != null ? event.getClientMessageId() : null)
                .setUnread(unread(user, conversation))
                .setTotalUnread(total(user));
        var before = timeline.isEmpty()
                ? ChainHash.NONE
                : timeline.get(timeline.size() - 1).getHash();
        var entry = draft.setHash(ChainHash.next(before, draft.build())).build();
        timeline.add(entry);
        entries.add(entry);
        for (String device : devices.get(user)) {
            lines.add(delivered(entry, event, device, event == null ? null : shownAtOnce(event)));
        }
    }

    private static String shownAtOnce(ConversationEvent event) {
        return event.getKind() == EventKind.MESSAGE || event.getKind() == EventKind.EDITED ? Log.hash(event) : null;
    }

    private Line.Delivered delivered(TimelineEntry entry, ConversationEvent event, String device, String hash) {
        return new Line.Delivered(
                entry.getUser(),
                device,
                entry.getPosition(),
                entry.getConversation(),
                entry.getVersion(),
                entry.getKind().name().toLowerCase(Locale.ROOT),
                entry.getSeq(),
                event == null ? null : event.getMessageId(),
                event == null ? null : event.getFrom(),
                entry.getClientMessageId(),
                hash,
                entry.getUnread(),
                entry.getTotalUnread(),
                now + 10);
    }

    /** By subtraction, as the product does it. */
    private long unread(String user, String conversation) {
        long cursor = read.getOrDefault(user + " " + conversation, 0L);
        long last = lastKnown.getOrDefault(user + " " + conversation, 0L);
        return last <= cursor
                ? 0
                : last
                        - cursor
                        - gone(conversation).subSet(cursor + 1, last + 1).size();
    }

    private long total(String user) {
        return lastKnown.keySet().stream()
                .filter(key -> key.startsWith(user + " "))
                .mapToLong(key -> unread(user, key.substring(user.length() + 1)))
                .sum();
    }

    private void finish() {
        var log = new Log(new Committed(events, entries, rejections));
        conversations.forEach((conversation, all) -> {
            appliedRows.add(new Tables.AppliedRow(conversation, all.size(), lastSeq(conversation)));
            all.forEach(e -> eventRows.add(new Tables.EventRow(
                    conversation,
                    e.getVersion(),
                    e.getSeq() != null ? e.getSeq() : e.getTargetSeq(),
                    Log.hex(e.getHash().bytes()))));
            all.stream()
                    .filter(e -> e.getKind() == EventKind.MESSAGE)
                    .forEach(e -> messageRows.add(new Tables.MessageRow(
                            conversation,
                            e.getSeq(),
                            e.getVersion(),
                            e.getMessageId(),
                            e.getFrom(),
                            e.getClientMessageId(),
                            log.message(conversation, e.getSeq()).last())));
        });
        timelines.forEach((user, all) -> finish(user, all, log));
        devices.keySet().stream()
                .filter(user -> !timelines.containsKey(user))
                .forEach(user -> fresh.add(new FreshDevice(user, 0, List.of(), List.of(), 0)));
    }

    private void finish(String user, List<TimelineEntry> all, Log log) {
        var boxes = new ArrayList<Box>();
        var told = new ArrayList<Line.Delivered>();
        for (TimelineEntry entry : all) {
            entryRows.add(new Tables.EntryRow(
                    user,
                    entry.getPosition(),
                    entry.getConversation(),
                    entry.getVersion(),
                    entry.getSeq(),
                    Log.hex(entry.getHash().bytes()),
                    entry.getUnread(),
                    entry.getTotalUnread()));
            var event = entry.getVersion() == null
                    ? null
                    : log.events(entry.getConversation()).get((int) (entry.getVersion() - 1));
            told.add(shownNow(entry, event, log));
            boxes.removeIf(box -> box.conversation().equals(entry.getConversation()));
            boxes.add(
                    new Box(user, entry.getConversation(), entry.getLastSeq(), entry.getReadSeq(), entry.getUnread()));
        }
        // What was recalled since counts no more.
        boxRows.addAll(boxes);
        fresh.add(new FreshDevice(user, all.size(), told, boxes, total(user)));
    }

    private Line.Delivered shownNow(TimelineEntry entry, ConversationEvent event, Log log) {
        if (event == null || shownAtOnce(event) == null) {
            return delivered(entry, event, "fresh", null);
        }
        var message = log.message(entry.getConversation(), entry.getSeq());
        if (log.members(entry.getConversation()).entitles(entry.getUser(), message.contentVersion())) {
            return delivered(entry, event, "fresh", message.last());
        }
        return new Line.Delivered(
                entry.getUser(),
                "fresh",
                entry.getPosition(),
                entry.getConversation(),
                entry.getVersion(),
                "unreadable",
                null,
                null,
                null,
                null,
                null,
                entry.getUnread(),
                entry.getTotalUnread(),
                now);
    }

    private long invoke(Action action, String user, String conversation, String hash, Long target, List<String> users) {
        long op = nextOp++;
        now += 1;
        lines.add(new Line.Invoked(
                op, action, user, pick(devices.get(user)), conversation, key(op), hash, target, users, now));
        return op;
    }

    private void ended(long op, ConversationEvent event) {
        now += random.nextInt(15);
        lines.add(new Line.Ended(
                op,
                Outcome.OK,
                event.getConversation(),
                event.getSeq(),
                event.getVersion(),
                event.getMessageId(),
                false,
                null,
                now + random.nextInt(25)));
    }

    private void end(long op, Outcome outcome, String conversation, Long seq, String code) {
        lines.add(new Line.Ended(op, outcome, conversation, seq, null, null, false, code, now + random.nextInt(25)));
    }

    private byte[] body() {
        return ("{\"kind\":\"text\",\"text\":\"" + Long.toHexString(random.nextLong()) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String key(long op) {
        return "k" + op;
    }

    private long lastSeq(String conversation) {
        var log = conversations.getOrDefault(conversation, List.of());
        return log.isEmpty() ? 0 : log.get(log.size() - 1).getLastSeq();
    }

    private TreeSet<Long> gone(String conversation) {
        return recalled.computeIfAbsent(conversation, c -> new TreeSet<>());
    }

    private boolean isMember(String user, String conversation) {
        return !conversation.equals(GROUP) || joined.containsKey(user);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
