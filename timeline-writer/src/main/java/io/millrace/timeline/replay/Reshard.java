package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.timeline.replay.ReshardPlan.Fate;
import io.millrace.timeline.replay.ReshardPlan.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives topics other partition counts, with everything stopped.
 *
 * <pre>
 * COPYING   seal ─▶ copy each topic to NAME.reshard ─▶ prove, carry groups' places
 * CHANGING  delete NAME ─▶ make it with the new counts ─▶ copy back ─▶ prove, carry places ─▶ settings as they were
 * DONE      epoch with the new counts ─▶ delete NAME.reshard
 * </pre>
 *
 * From the first change on every record is in a proved copy. Each step finds out what of it is done already, so a run that
 * was killed anywhere is gone on with; the phase is in the journal. Used by one thread.
 */
final class Reshard {
    private static final Duration MISSED_WITHIN = Duration.ofSeconds(60);

    private final KafkaClientConfig kafka;
    private final ActOptions who;
    private final OperatorHand hand;
    private final TopicShapes shapes;
    private final GroupPlaces groups;
    private final ReshardJournal journal;
    private final TopicCopy copy;
    private final Admin admin;
    private final Output output;

    /** Where to say how it goes. */
    record Output(Consumer<String> lines, Function<String, ProgressLine> progress) {}

    /** @param rate records a second at most; 0: as fast as it goes */
    Reshard(KafkaClientConfig kafka, Admin admin, OperatorHand hand, ActOptions who, int rate, Output output) {
        this.kafka = kafka;
        this.admin = admin;
        this.hand = hand;
        this.who = who;
        this.shapes = new TopicShapes(admin);
        this.groups = new GroupPlaces(admin);
        this.journal = new ReshardJournal(kafka, shapes);
        this.copy = new TopicCopy(kafka, admin, hand, rate);
        this.output = output;
    }

    /** Puts a plan in force. */
    void begin(ReshardPlan plan) throws InterruptedException, ExecutionException {
        short replicas = plan.was(plan.concerned().get(0)).replicas();
        journal.begin(replicas);
        say(plan, ActKind.RESHARD_BEGUN, List.of(ReshardJournal.record(plan)), plan.text());
    }

    /** Does what is left to do. */
    void run(ReshardPlan begun, Epoch epoch) throws InterruptedException, ExecutionException {
        var plan = begun;
        if (plan.phase() == Phase.COPYING) {
            copyOut(plan);
            plan = plan.in(Phase.CHANGING);
            hand.write(List.of(ReshardJournal.record(plan)), List.of());
        }
        if (plan.phase() == Phase.CHANGING) {
            change(plan);
            plan = plan.in(Phase.DONE);
            say(plan, ActKind.RESHARDED, List.of(epoch(plan, epoch), ReshardJournal.record(plan)), plan.text());
        }
        shapes.delete(plan.stagings());
        TopicCopy.end(admin);
        journal.end();
    }

    /** @throws ReplayException if a topic was changed already: there is no way but on */
    void abandon(ReshardPlan plan) throws InterruptedException, ExecutionException {
        if (plan.phase() != Phase.COPYING) {
            throw new ReplayException("topics were changed already; go on with --confirm, and change back afterwards");
        }
        for (var topic : plan.concerned()) {
            shapes.restore(topic.name(), plan.was(topic), TopicShape.SEAL.keySet());
        }
        shapes.delete(plan.stagings());
        TopicCopy.end(admin);
        say(plan, ActKind.RESHARD_ABANDONED, List.of(), plan.text());
        journal.end();
    }

    private void copyOut(ReshardPlan plan) throws InterruptedException, ExecutionException {
        for (var topic : plan.concerned()) {
            shapes.set(topic.name(), TopicShape.SEAL);
        }
        // From here on nobody adds anything, so what holds now holds until the end.
        groups.requireNobody(plan.names(), MISSED_WITHIN);
        new Undone(kafka).requireNothing(groups);
        for (var topic : plan.concerned(Fate.COPIED)) {
            var staging = topic.name() + ReshardPlan.STAGING;
            if (shapes.of(staging).isEmpty()) {
                copy.forget(topic.name(), topic.partitions(plan.from()));
                shapes.make(staging, filling(plan, topic));
            }
            pour(plan, topic, topic.name(), staging);
        }
    }

    private void change(ReshardPlan plan) throws InterruptedException, ExecutionException {
        groups.requireNobody(plan.names(), MISSED_WITHIN);
        shapes.delete(List.of(
                TopicCatalogue.changelog(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.STATE),
                TopicCatalogue.changelog(TopicCatalogue.USERS_APP, TopicCatalogue.STATE)));
        for (var topic : plan.concerned(Fate.COPIED)) {
            var staging = topic.name() + ReshardPlan.STAGING;
            if (remake(plan, topic, filling(plan, topic), () -> copy.forget(staging, topic.partitions(plan.to())))) {
                pour(plan, topic, staging, topic.name());
                shapes.restore(topic.name(), plan.shape(topic), TopicShape.FILLING.keySet());
            }
        }
        for (var topic : plan.concerned(Fate.EMPTIED)) {
            remake(plan, topic, plan.shape(topic), () -> {});
            for (var application : TopicCatalogue.SOURCES.entrySet()) {
                if (application.getValue().contains(topic)) {
                    groups.put(application.getKey(), beginnings(topic.name(), topic.partitions(plan.to())));
                }
            }
        }
    }

    private interface Preparation {
        void run() throws InterruptedException, ExecutionException;
    }

    /**
     * Makes a topic with the new counts, unless it is.
     *
     * @param before what to do before it is made
     * @return whether it is not yet as it shall be in the end
     */
    private boolean remake(ReshardPlan plan, TopicSpec<?> topic, TopicShape made, Preparation before)
            throws InterruptedException, ExecutionException {
        var now = shapes.of(topic.name());
        if (now.isPresent() && now.get().partitions() != made.partitions()) {
            hand.write(List.of(ReshardJournal.record(plan)), List.of()); // ends here if somebody took over
            shapes.delete(List.of(topic.name()));
            now = Optional.empty();
        }
        if (now.isEmpty()) {
            before.run();
            shapes.make(topic.name(), made);
        }
        return now.isEmpty() || !now.get().settings().equals(plan.shape(topic).settings());
    }

    private static TopicShape filling(ReshardPlan plan, TopicSpec<?> topic) {
        return plan.shape(topic).with(TopicShape.FILLING);
    }

    /** Copies what is left to copy, proves all of it, and lets every group go on there. */
    private void pour(ReshardPlan plan, TopicSpec<?> topic, String from, String to)
            throws InterruptedException, ExecutionException {
        var line = output.progress().apply(from + " -> " + to);
        copy.run(topic.name(), from, to, topic.partitions(plan.to()), line);
        line.end();
        var places = groups.in(Set.of(from));
        var proof = new CopyProof(places);
        read(from, proof::original);
        var ends = read(to, proof::copy);
        var difference = proof.difference();
        if (difference.isPresent()) {
            shapes.delete(List.of(to));
            throw new ReplayException(
                    to + " is not what " + from + " is: " + difference.get() + "; it was deleted, run this again");
        }
        for (var group : places.keySet()) {
            boolean hasAll = group.equals(TopicCatalogue.CONVERSATIONS_APP) || group.equals(TopicCatalogue.USERS_APP);
            groups.put(group, hasAll ? ends : proof.places(group, ends));
        }
        output.lines()
                .accept(String.format(
                        Locale.ROOT,
                        "%s -> %s: %,d records of %,d keys, equal; %d groups go on",
                        from,
                        to,
                        proof.records(),
                        proof.keys(),
                        places.size()));
    }

    private Map<TopicPartition, Long> read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> to)
            throws InterruptedException {
        try (var log = RawLog.of(kafka, topic)) {
            for (var partition : log.partitions()) {
                log.read(partition, 0, (records, next) -> records.forEach(to));
            }
            return log.ends();
        }
    }

    private static Map<TopicPartition, Long> beginnings(String topic, int partitions) {
        var beginnings = new HashMap<TopicPartition, Long>();
        for (int partition = 0; partition < partitions; partition++) {
            beginnings.put(new TopicPartition(topic, partition), 0L);
        }
        return beginnings;
    }

    private ProducerRecord<byte[], byte[]> epoch(ReshardPlan plan, Epoch before) {
        var next = new Epoch(
                before.getEpoch(),
                before.getClusterId(),
                plan.to().conversations(),
                plan.to().users(),
                plan.to().lanes(),
                before.getCreatedAt());
        var topic = TopicCatalogue.EPOCHS;
        return new ProducerRecord<>(
                topic.name(),
                "current".getBytes(StandardCharsets.UTF_8),
                kafka.serdes().serializer(topic.value()).serialize(topic.name(), next));
    }

    private void say(ReshardPlan plan, ActKind kind, List<ProducerRecord<byte[], byte[]>> records, String detail)
            throws InterruptedException {
        hand.write(
                records,
                plan.subjects().stream()
                        .map(subject -> who.act(kind, subject, detail))
                        .toList());
    }
}
