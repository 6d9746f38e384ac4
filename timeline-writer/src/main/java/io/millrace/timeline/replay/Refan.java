package io.millrace.timeline.replay;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.InboxRecord;
import io.millrace.schemas.record.TimelineEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Delivers the fan-out of a conversation again to the timelines that miss it. An event and its fan-out are written in one
 * transaction, and the router commits its place together with the entries; so when everything that stands in the inbox
 * after an event was read has been taken, a timeline without an entry of it will never get one. Only then it is written
 * into the inbox again, for those users alone; and nobody else does the same at a time ({@link OperatorHand}).
 */
final class Refan {
    /** Events of one transaction at most. */
    private static final int CHUNK = 500;

    private final ReplayLog log;
    private final FanOutProgress progress;
    private final Asked asked;
    private final Deserializer<ConversationEvent> events;
    private final Deserializer<TimelineEntry> entries;
    private final Serializer<InboxRecord> inbox;
    private final int userPartitions;

    /**
     * What is asked for.
     *
     * @param from seq of the first message
     * @param to seq of the last message; what happened between them, right before and right after, is delivered too
     * @param users only these; empty: all
     */
    record Asked(ConversationId conversation, long from, long to, Set<String> users) {
        private boolean takes(ConversationEvent event) {
            var seq = event.getSeq();
            return seq == null ? event.getLastSeq() >= from - 1 && event.getLastSeq() <= to : seq >= from && seq <= to;
        }

        private boolean takes(String user) {
            return users.isEmpty() || users.contains(user);
        }
    }

    /**
     * What timelines miss.
     *
     * @param events in order of version, with the users who have no entry of it
     * @param withheld users who would seem to have left although they belong to it, by version
     * @param judged entries that should be there
     */
    record Missing(Map<ConversationEvent, Set<String>> events, Map<Long, Set<String>> withheld, long judged) {
        long count() {
            return events.values().stream().mapToLong(Set::size).sum();
        }

        Set<String> users() {
            var users = new TreeSet<String>();
            events.values().forEach(users::addAll);
            return users;
        }
    }

    Refan(ReplayLog log, FanOutProgress progress, Asked asked) {
        this.log = log;
        this.progress = progress;
        this.asked = asked;
        this.events = log.serdes().deserializer(ConversationEvent.class);
        this.entries = log.serdes().deserializer(TimelineEntry.class);
        this.inbox = log.serdes().serializer(InboxRecord.class);
        this.userPartitions = log.partitionsOf(Sources.ENTRIES).size();
    }

    /** @throws ReplayException if there is no such conversation, or the router does not keep up */
    Missing missing() throws InterruptedException {
        var recipients = new Recipients(asked.conversation());
        var due = due(recipients);
        var users = new TreeSet<String>();
        due.values().forEach(users::addAll);
        var present = present(users, progress.await(partitions(users)));
        var missing = new TreeMap<ConversationEvent, Set<String>>(
                (one, other) -> Long.compare(one.getVersion(), other.getVersion()));
        var withheld = new TreeMap<Long, Set<String>>();
        long judged = 0;
        for (var each : due.entrySet()) {
            var event = each.getKey();
            judged += each.getValue().size();
            for (var user : each.getValue()) {
                if (present.getOrDefault(user, Set.of()).contains(event.getVersion())) {
                    continue;
                }
                boolean misleads = event.getRemoved().contains(user) && recipients.isMember(user);
                if (misleads) {
                    withheld.computeIfAbsent(event.getVersion(), v -> new TreeSet<>())
                            .add(user);
                } else {
                    missing.computeIfAbsent(event, e -> new TreeSet<>()).add(user);
                }
            }
        }
        return new Missing(missing, withheld, judged);
    }

    /** Writes it into the inbox. */
    void deliver(Missing missing, OperatorHand hand, ActOptions who) throws InterruptedException {
        var events = new ArrayList<>(missing.events().entrySet());
        for (int at = 0; at < events.size(); at += CHUNK) {
            var chunk = events.subList(at, Math.min(at + CHUNK, events.size()));
            long count =
                    chunk.stream().mapToLong(each -> each.getValue().size()).sum();
            var act = who.act(
                    ActKind.REFANNED,
                    asked.conversation().value(),
                    count + " entries of versions " + chunk.get(0).getKey().getVersion() + " to "
                            + chunk.get(chunk.size() - 1).getKey().getVersion() + " for " + missing.users());
            hand.write(act, brokerMs -> {
                var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
                chunk.forEach(each -> records.addAll(records(each.getKey(), each.getValue(), brokerMs)));
                return records;
            });
        }
    }

    private List<ProducerRecord<byte[], byte[]>> records(ConversationEvent event, Set<String> users, long atMs) {
        var byPartition = new TreeMap<Integer, List<String>>();
        users.forEach(user -> byPartition
                .computeIfAbsent(Sources.partition(user, userPartitions), p -> new ArrayList<>())
                .add(user));
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        byPartition.forEach((partition, members) -> records.add(new ProducerRecord<>(
                FanOutProgress.INBOX,
                partition,
                atMs,
                event.getConversation().getBytes(StandardCharsets.UTF_8),
                inbox.serialize(FanOutProgress.INBOX, new InboxRecord(partition, members, event, false)))));
        return records;
    }

    private Map<ConversationEvent, Set<String>> due(Recipients recipients) throws InterruptedException {
        var id = asked.conversation().value();
        var due = new TreeMap<ConversationEvent, Set<String>>(
                (one, other) -> Long.compare(one.getVersion(), other.getVersion()));
        long[] last = {-1};
        int count = log.partitionsOf(Sources.EVENTS).size();
        try (var reader = log.reader(new TopicPartition(Sources.EVENTS, Sources.partition(id, count)), 0)) {
            reader.readTo(reader.end(), (records, next) -> {
                for (var record : records) {
                    if (id.equals(record.key())) {
                        var event = events.deserialize(record.topic(), record.value());
                        last[0] = event.getLastSeq();
                        var users = recipients.next(event);
                        users.removeIf(user -> !asked.takes(user));
                        if (asked.takes(event) && !users.isEmpty()) {
                            due.put(event, users);
                        }
                    }
                }
            });
        }
        if (last[0] < 0) {
            throw new ReplayException("there is no conversation " + id + " in the log");
        }
        if (asked.from() > last[0]) {
            throw new ReplayException("the last message of " + id + " is " + last[0]);
        }
        return due;
    }

    private Set<Integer> partitions(Set<String> users) {
        var partitions = new TreeSet<Integer>();
        users.forEach(user -> partitions.add(Sources.partition(user, userPartitions)));
        return partitions;
    }

    /** Versions of the conversation that have an entry, by user. */
    private Map<String, Set<Long>> present(Set<String> users, Map<TopicPartition, Long> ends)
            throws InterruptedException {
        var present = new HashMap<String, Set<Long>>();
        for (var end : ends.entrySet()) {
            try (var reader = log.reader(end.getKey(), 0)) {
                reader.readTo(end.getValue(), (records, next) -> {
                    for (var record : records) {
                        if (record.key() != null && users.contains(record.key())) {
                            var entry = entries.deserialize(record.topic(), record.value());
                            if (entry.getConversation()
                                            .equals(asked.conversation().value())
                                    && entry.getVersion() != null) {
                                present.computeIfAbsent(entry.getUser(), u -> new HashSet<>())
                                        .add(entry.getVersion());
                            }
                        }
                    }
                });
            }
        }
        return present;
    }
}
