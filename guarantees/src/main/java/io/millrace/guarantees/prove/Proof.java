package io.millrace.guarantees.prove;

import io.millrace.guarantees.check.Checker;
import io.millrace.guarantees.check.Evidence;
import io.millrace.guarantees.check.Flaw;
import io.millrace.guarantees.check.FreshDevice;
import io.millrace.guarantees.check.Liveness;
import io.millrace.guarantees.check.Liveness.Delay;
import io.millrace.guarantees.check.Violation;
import io.millrace.guarantees.fault.Directories;
import io.millrace.guarantees.fault.Disk;
import io.millrace.guarantees.fault.Ground;
import io.millrace.guarantees.fault.Means;
import io.millrace.guarantees.fault.Scene;
import io.millrace.guarantees.history.History;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import io.millrace.guarantees.net.Door;
import io.millrace.guarantees.net.Roads;
import io.millrace.guarantees.report.Verdict;
import io.millrace.guarantees.views.NewDevice;
import io.millrace.guarantees.views.TableView;
import io.millrace.guarantees.views.TopicView;
import io.millrace.guarantees.workload.Fleet;
import io.millrace.guarantees.workload.Http;
import io.millrace.guarantees.workload.Pace;
import io.millrace.guarantees.workload.Recorder;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.PartState;
import io.millrace.localstack.services.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run.
 *
 * <pre>
 * set up ──▶ load, one fault after the other ──▶ all healed ──▶ rest ──▶ final reads ──▶ judged
 * </pre>
 */
public final class Proof {
    private static final int EDGES = 2;
    private static final int ROUTERS = 2;
    private static final int DOORS = 3;
    private static final Duration REST_LIMIT = Duration.ofMinutes(2);

    private final ProofOptions options;
    private final PrintWriter out;
    private final List<Delay> delays = new ArrayList<>();

    public Proof(ProofOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /** @throws io.millrace.localstack.part.StackException if there is no stack to prove anything of */
    public Verdict run() throws IOException, InterruptedException {
        Disk.unmountBelow(options.data());
        Directories.delete(options.data());
        Directories.delete(options.out().resolve("history"));
        var plan = Plan.of(options.faults(), options.brokers(), options.earlier());
        say("seed " + options.seed() + "; starting a stack in " + options.data());
        var doors = doors();
        try (var roads = new Roads(options.ports(), options.brokers(), services())) {
            var stackOptions = StackOptions.at(options.data())
                    .withPorts(options.ports())
                    .withBrokers(options.brokers())
                    .withEdges(EDGES)
                    .withRouters(ROUTERS)
                    // A JVM that a debugger may look into writes none.
                    .withArchives(!plan.means().contains(Means.DEBUGGER))
                    .withDetours(roads.detours())
                    .withFrontDoors(doors.stream()
                            .map(door -> door.url().getAuthority())
                            .collect(Collectors.toSet()));
            try (var ground = Ground.prepare(plan.means(), plan.release(), stackOptions);
                    var stack = new LocalStack(stackOptions.withRigging(ground::rig))) {
                stack.start();
                ground.settle(stack);
                try (var recorder = new Recorder(options.out().resolve("history"));
                        var topics = new TopicView(stack.bootstrapServers(), stack.registryUrl())) {
                    return prove(plan, stack, doors, roads, ground, recorder, topics);
                }
            }
        } finally {
            doors.forEach(Door::close);
        }
    }

    private static List<String> services() {
        var services = new ArrayList<String>();
        IntStream.rangeClosed(1, EDGES).mapToObj(Services::edge).forEach(services::add);
        IntStream.rangeClosed(1, ROUTERS).mapToObj(Services::router).forEach(services::add);
        services.add(Services.TIMELINE);
        return services;
    }

    private List<Door> doors() {
        var edges = IntStream.rangeClosed(1, EDGES)
                .mapToObj(number -> new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), options.ports().edgeHttp(number)))
                .toList();
        return IntStream.rangeClosed(1, DOORS)
                .mapToObj(number -> new Door("door-" + number, edges))
                .toList();
    }

    private Verdict prove(
            Plan plan,
            LocalStack stack,
            List<Door> doors,
            Roads roads,
            Ground ground,
            Recorder recorder,
            TopicView topics)
            throws IOException, InterruptedException {
        var began = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var fleet = new Fleet(options.seed(), doors.stream().map(Door::url).toList(), recorder);
        try {
            fleet.start();
            Nemesis nemesis;
            try (var pace = new Pace(fleet, options.perSecond())) {
                say(fleet.devices().size() + " devices of " + fleet.users().size() + " users at " + options.perSecond()
                        + " operations a second");
                var scene = new Scene(
                        stack,
                        doors,
                        roads,
                        ground.disks(),
                        ground.clocks(),
                        fleet,
                        pace,
                        new Random(options.seed() + 1));
                nemesis = new Nemesis(scene, new Supervisor(stack), recorder, out);
                nemesis.run(plan.faults(), options.load());
            }
            delays.addAll(nemesis.delays());
            return judge(began, plan, stack, fleet, doors.get(0), recorder, topics, nemesis);
        } finally {
            fleet.close();
        }
    }

    private Verdict judge(
            String began,
            Plan plan,
            LocalStack stack,
            Fleet fleet,
            Door door,
            Recorder recorder,
            TopicView topics,
            Nemesis nemesis)
            throws IOException, InterruptedException {
        long healedNs = recorder.nowNs();
        long restedNs = -1;
        List<Violation> violations;
        var counts = new LinkedHashMap<String, Long>();
        List<FreshDevice> fresh = new ArrayList<>();
        stack.parts().stream()
                .filter(part -> part.state() == PartState.FAILED)
                .forEach(part -> delays.add(new Delay("part " + part.name(), part.failure())));
        say("the load is over; waiting for rest");
        try (var tables = new TableView(stack.cqlPort())) {
            var underWay = new Rest(fleet, topics, tables).await(REST_LIMIT);
            if (underWay.isEmpty()) {
                restedNs = recorder.nowNs();
            } else {
                underWay.forEach(each -> delays.add(new Delay("no rest", each)));
            }
            var http = Http.client();
            for (String user : fleet.users()) {
                fresh.add(new NewDevice(http, door.url(), user).pull());
            }
            topics.advance();
            fleet.close();
            var history = History.of(recorder.lines());
            var evidence = new Evidence(history, topics.committed(), tables.scan(topics.keys()), fresh);
            violations = Checker.check(evidence);
            delays.addAll(Liveness.undecided(history));
            count(counts, evidence);
        } catch (IOException | RuntimeException e) { // a view that cannot be taken proves nothing
            violations = List.of(new Violation(Flaw.NO_EVIDENCE, "views", "a view could not be taken: " + e));
        }
        return new Verdict(
                options.seed(),
                began,
                options.load().toMillis() / 60_000.0,
                options.perSecond(),
                nemesis.times(),
                plan.notRun(),
                counts,
                Liveness.deliveries(History.of(recorder.lines())),
                healedNs,
                restedNs,
                violations,
                delays);
    }

    private static void count(Map<String, Long> counts, Evidence evidence) {
        var operations = evidence.clients().operations();
        for (Outcome outcome : Outcome.values()) {
            counts.put(
                    "operations " + outcome,
                    operations.stream()
                            .filter(each -> each.outcome() == outcome)
                            .count());
        }
        counts.put(
                "entries told to devices",
                evidence.clients().devices().values().stream()
                        .mapToLong(List<Line.Delivered>::size)
                        .sum());
        counts.put(
                "sessions opened",
                evidence.clients().sessions().stream()
                        .filter(each -> each.what().equals("open"))
                        .count());
        counts.put("events in the log", (long) evidence.committed().events().size());
        counts.put("entries in the log", (long) evidence.committed().entries().size());
        counts.put("rejections in the log", (long)
                evidence.committed().rejections().size());
        counts.put(
                "rows in the tables",
                (long) evidence.tables().messages().size()
                        + evidence.tables().events().size()
                        + evidence.tables().entries().size());
        counts.put(
                "entries served to new devices",
                evidence.fresh().stream()
                        .mapToLong(device -> device.entries().size())
                        .sum());
    }

    private void say(String what) {
        out.println(what);
        out.flush();
    }
}
