package io.millrace.timeline.replay;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.service.kafka.KafkaClientConfig;
import io.millrace.timeline.replay.ReshardPlan.Fate;
import io.millrace.timeline.replay.ReshardPlan.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes partition counts. */
@Command(
        name = "reshard",
        mixinStandardHelpOptions = true,
        description =
                "Give the topics other partition counts, with everything but Kafka and the registry stopped and all"
                        + " accepted commands done. Without --confirm it says what it would do.")
final class ReshardCommand implements Callable<Integer> {
    /** Kafka's own tools warn of more. */
    private static final int MOST = 4000;

    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private ActOptions who = new ActOptions();

    @Option(names = "--conversations", paramLabel = "N", description = "Partitions of topics keyed by conversation.")
    private @Nullable Integer conversations;

    @Option(names = "--users", paramLabel = "N", description = "Partitions of topics keyed by user.")
    private @Nullable Integer users;

    @Option(names = "--confirm", description = "Do it, or go on with what was begun.")
    private boolean confirm;

    @Option(names = "--abandon", description = "Leave everything as it was; as long as no topic was changed.")
    private boolean abandon;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Records a second at most (0: as fast as it goes).")
    private int rate;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    ReshardCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        var kafka = place.settings(environment).kafka();
        try (var admin = Admin.create(kafka.client())) {
            var journal = new ReshardJournal(kafka, new TopicShapes(admin));
            var begun = journal.read();
            if (abandon) {
                return abandon(kafka, admin, journal, begun);
            }
            var epoch = EpochRecord.read(kafka.consumer(), kafka.serdes().deserializer(Epoch.class))
                    .orElseThrow(() -> new ReplayException("the log has no epoch; provision the topics first"));
            if (begun.isPresent()) {
                requireSame(begun.get());
            }
            var plan = begun.isPresent() ? begun.get() : planned(kafka, admin, journal, epoch);
            if (!confirm) {
                show(plan, begun.isPresent());
                return 0;
            }
            try (var hand = OperatorHand.open(kafka)) {
                var reshard = reshard(kafka, admin, hand);
                // whoever had the hand before may have come further, or begun meanwhile
                var current = journal.read();
                if (current.isEmpty() && begun.isPresent()) {
                    throw new ReplayException("somebody else has ended it meanwhile");
                }
                if (current.isPresent()) {
                    requireSame(current.get());
                } else {
                    reshard.begin(plan);
                }
                reshard.run(current.orElse(plan), epoch);
            }
            say("partitions: " + plan.text() + ". Next: rebuild-state, start everything, ./millrace replay verify");
            return 0;
        } catch (ExecutionException e) {
            throw new KafkaException("the partition counts could not be changed; run this again", e.getCause());
        }
    }

    private void check() {
        for (var count : new Integer[] {conversations, users}) {
            if (count != null && (count < 1 || count > MOST)) {
                throw new ParameterException(spec.commandLine(), "a topic has 1 to " + MOST + " partitions");
            }
        }
        if (rate < 0) {
            throw new ParameterException(spec.commandLine(), "--rate is 0 or more");
        }
        if (abandon && (confirm || conversations != null || users != null)) {
            throw new ParameterException(spec.commandLine(), "--abandon stands alone");
        }
    }

    private int abandon(KafkaClientConfig kafka, Admin admin, ReshardJournal journal, Optional<ReshardPlan> begun)
            throws InterruptedException, ExecutionException {
        if (begun.isEmpty()) {
            boolean empty = journal.exists();
            journal.end();
            say(empty ? "abandoned before anything was begun" : "nothing is under way");
            return 0;
        }
        try (var hand = OperatorHand.open(kafka)) {
            reshard(kafka, admin, hand).abandon(journal.read().orElse(begun.get()));
        }
        say("abandoned: partitions are as they were, and what was stopped can start");
        return 0;
    }

    private Reshard reshard(KafkaClientConfig kafka, Admin admin, OperatorHand hand) {
        var terminal = Boolean.getBoolean("millrace.terminal");
        var err = spec.commandLine().getErr();
        return new Reshard(
                kafka,
                admin,
                hand,
                who,
                rate,
                new Reshard.Output(this::say, what -> new ProgressLine(err, terminal, what)));
    }

    private ReshardPlan planned(KafkaClientConfig kafka, Admin admin, ReshardJournal journal, Epoch epoch)
            throws InterruptedException, ExecutionException {
        var from = PartitionCounts.of(epoch);
        var to = new PartitionCounts(
                conversations == null ? from.conversations() : conversations,
                users == null ? from.users() : users,
                from.lanes());
        if (from.equals(to)) {
            throw new ReplayException("there are " + from.conversations() + " partitions of conversations and "
                    + from.users() + " of users already; say --conversations N or --users N");
        }
        journal.end(); // of a run that was killed before it had begun anything
        requireNoDeadLetters(kafka); // it also holds the log against its epoch
        var topics = new HashMap<String, TopicShape>();
        var shapes = new TopicShapes(admin);
        for (var topic : ReshardPlan.concerned(from, to)) {
            var shape =
                    shapes.of(topic.name()).orElseThrow(() -> new ReplayException("there is no topic " + topic.name()));
            if (shape.partitions() != topic.partitions(from)) {
                throw new ReplayException("topic " + topic.name() + " has " + shape.partitions()
                        + " partitions, the epoch says " + topic.partitions(from)
                        + "; see runbooks/router-refuses-to-start.md");
            }
            topics.put(topic.name(), shape);
        }
        var plan = new ReshardPlan(epoch.getEpoch(), from, to, Phase.COPYING, topics);
        var groups = new GroupPlaces(admin);
        groups.requireNobody(plan.names(), Duration.ofSeconds(confirm ? 60 : 0));
        var undone = new Undone(kafka);
        undone.requireNoEdge();
        undone.requireNothing(groups);
        return plan;
    }

    private static void requireNoDeadLetters(KafkaClientConfig kafka) throws InterruptedException {
        var open = new AtomicInteger();
        DeadLetters.of(ReplayLog.open(kafka, 1000)).forEach(found -> {
            if (found.handled() == null) {
                open.incrementAndGet();
            }
        });
        if (open.get() > 0) {
            throw new ReplayException(open.get() + " dead letters wait, and what they name will be elsewhere: replay or"
                    + " drop them first (./millrace replay dead-letters list)");
        }
    }

    private void requireSame(ReshardPlan begun) {
        if ((conversations != null && conversations != begun.to().conversations())
                || (users != null && users != begun.to().users())) {
            throw new ReplayException(
                    "under way is " + begun.text() + "; go on with that (--confirm), or abandon it first (--abandon)");
        }
    }

    private void show(ReshardPlan plan, boolean begun) {
        say((begun ? "under way (" + plan.phase() + "): " : "it would be done: ") + plan.text());
        for (var fate : Fate.values()) {
            for (var topic : plan.concerned(fate)) {
                say(String.format(
                        "  %-22s %4d -> %4d  %s",
                        topic.name(),
                        topic.partitions(plan.from()),
                        topic.partitions(plan.to()),
                        fate == Fate.COPIED ? "every record goes on" : "begins empty: all of it is done"));
            }
        }
        say(begun ? "go on with --confirm" : "nothing was changed; do it with --confirm");
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
