package io.millrace.guarantees.fault;

import io.millrace.guarantees.fault.PartFault.Harm;
import io.millrace.guarantees.net.FrontDoor;
import io.millrace.guarantees.net.Weather;
import io.millrace.guarantees.workload.Handset;
import io.millrace.localstack.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Every fault there is, and those that this machine or this stack cannot have, with the reason. */
public final class FaultCatalogue {
    private FaultCatalogue() {}

    /** A fault of the matrix that is not injected. */
    public record NotRun(String matrix, String what, String why) {}

    /** All of them, in the order of the matrix. */
    public static List<Fault> all() {
        var faults = new ArrayList<Fault>();
        edges(faults);
        servers(faults);
        services(faults);
        clients(faults);
        return faults;
    }

    private static void edges(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-edge", "F1", Harm.KILL, 5, scene -> scene.stack().part(scene.someEdge())));
        faults.add(new PartFault(
                "freeze-edge", "F2", Harm.FREEZE, 15, scene -> scene.stack().part(scene.someEdge())));
        faults.add(new PartFault("restart-edge", "F3 F17", Harm.RESTART, 3, scene -> scene.stack()
                .part(scene.someEdge())));
        faults.add(new NetworkFault(
                "slow-network", "F4", "every piece 150 ms late", Weather.slow(Duration.ofMillis(150)), 10));
        faults.add(
                new NetworkFault("stalled-network", "F5", "connections stay open, nothing moves", Weather.STALLED, 12));
        faults.add(
                new NetworkFault("answers-lost", "F12", "requests arrive, answers do not", Weather.ANSWERS_LOST, 12));
        faults.add(new Blow(
                "reconnect-storm",
                "F6",
                "every connection reset, all at once",
                1,
                scene -> scene.doors().forEach(FrontDoor::resetAll),
                scene -> {}));
    }

    private static void servers(List<Fault> faults) {
        faults.add(new PartFault(
                "freeze-broker", "F8", Harm.FREEZE, 8, scene -> scene.stack().part("kafka")));
        faults.add(new PartFault(
                "kill-broker", "F9", Harm.KILL, 5, scene -> scene.stack().part("kafka")));
        faults.add(new PartFault(
                "restart-broker", "F17", Harm.RESTART, 3, scene -> scene.stack().part("kafka")));
        faults.add(new PartFault(
                "kill-cassandra", "F24", Harm.KILL, 8, scene -> scene.stack().part("cassandra")));
        faults.add(new PartFault("freeze-cassandra", "F25 F26", Harm.FREEZE, 15, scene -> scene.stack()
                .part("cassandra")));
        faults.add(new PartFault("restart-cassandra", "F17", Harm.RESTART, 3, scene -> scene.stack()
                .part("cassandra")));
        faults.add(new PartFault("restart-registry", "F28", Harm.RESTART, 8, scene -> scene.stack()
                .part("registry")));
    }

    private static void services(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-router", "F13", Harm.KILL, 4, scene -> scene.stack().part(scene.someRouter())));
        // Longer than the transaction may last, so that the frozen one comes back as a zombie.
        faults.add(new PartFault(
                "freeze-router", "F14", Harm.FREEZE, 15, scene -> scene.stack().part(scene.someRouter())));
        faults.add(new PartFault(
                "restart-router", "F17", Harm.RESTART, 2, scene -> scene.stack().part(scene.someRouter())));
        faults.add(new Blow(
                "kill-all-routers",
                "F13",
                "kill -9 of every router at once, started again together",
                2,
                FaultCatalogue::killRouters,
                FaultCatalogue::startRouters));
        faults.add(new Blow(
                "rebalance-storm",
                "F16",
                "one router leaves and comes back, three times without a rest",
                1,
                scene -> {
                    var router = scene.stack().part(scene.someRouter());
                    for (int time = 0; time < 3; time++) {
                        router.stop();
                        router.start();
                    }
                },
                scene -> {}));
        faults.add(new Blow(
                "router-state-lost",
                "F19",
                "every router killed, their state directories deleted, started again",
                2,
                scene -> {
                    killRouters(scene);
                    for (var router : routers(scene)) {
                        Directories.delete(
                                scene.stack().options().data().resolve(router).resolve("state"));
                    }
                },
                FaultCatalogue::startRouters));
        faults.add(new PartFault(
                "kill-writer", "F27", Harm.KILL, 5, scene -> scene.stack().part("timeline")));
        faults.add(new PartFault(
                "freeze-writer", "F27", Harm.FREEZE, 12, scene -> scene.stack().part("timeline")));
        faults.add(new Blow(
                "poison-commands",
                "F30",
                "records that are no commands, in every partition of the commands",
                1,
                scene -> Poison.into(scene.stack().bootstrapServers()),
                scene -> {}));
        var hanging = new HangingTransaction();
        faults.add(new Blow(
                "hanging-transaction",
                "F31",
                "a foreign transaction left open on what the router writes until the broker ends it",
                8,
                scene -> hanging.begin(scene.stack().bootstrapServers()),
                scene -> hanging.leave()));
    }

    private static List<String> routers(Scene scene) {
        return IntStream.rangeClosed(1, scene.stack().options().routers())
                .mapToObj(Services::router)
                .toList();
    }

    private static void killRouters(Scene scene) throws Exception {
        for (var router : routers(scene)) {
            scene.stack().part(router).kill();
        }
    }

    private static void startRouters(Scene scene) throws Exception {
        for (var router : routers(scene)) {
            scene.stack().part(router).start();
        }
    }

    private static void clients(List<Fault> faults) {
        faults.add(new Blow(
                "client-crash",
                "F35",
                "a third of the devices die with commands in hand, and ask again",
                3,
                scene -> third(scene).forEach(device -> {
                    scene.fleet().hurry(device, scene.random());
                    device.crash();
                }),
                scene -> scene.fleet().devices().forEach(Handset::start)));
        faults.add(new Blow(
                "overload",
                "F44",
                "five times the load for 5 s",
                5,
                scene -> scene.pace().times(5),
                scene -> scene.pace().times(1)));
    }

    private static List<Handset> third(Scene scene) {
        return scene.fleet().devices().stream()
                .filter(device -> scene.random().nextInt(3) == 0)
                .toList();
    }

    /** Part of every load, without being asked for. */
    public static Map<String, String> always() {
        var always = new TreeMap<String, String>();
        always.put("F36", "devices of one user send at once, also the same command under the same key");
        always.put("F37", "members join and leave while others send; former members send too");
        return always;
    }

    /** The rest of the matrix. */
    public static List<NotRun> notRun() {
        return List.of(
                new NotRun("F7 F40", "one of three brokers dies; an unclean leader", "the local stack has one broker"),
                new NotRun(
                        "F10 F11",
                        "partition between services and broker",
                        "a client of the broker takes its own address from its metadata, past any proxy"),
                new NotRun(
                        "F15 F42", "slow processor, dead thread", "the product has no hook for it; see freeze-router"),
                new NotRun("F18", "upgrade to another topology", "one build is at hand"),
                new NotRun("F20", "corrupt state files", "not injected yet; see router-state-lost"),
                new NotRun("F21 F22 F23", "disk full", "needs a file system of its own, which needs root"),
                new NotRun("F29", "incompatible schema", "nothing in a run writes another schema"),
                new NotRun("F32", "foreign writer on internal topics", "a local broker has no rules to refuse it"),
                new NotRun("F33 F34", "clock skew", "needs a library before the system's clock in each process"),
                new NotRun("F38 F39", "file descriptors, heap exhausted", "not injected yet"),
                new NotRun("F41", "another partition count", "it cannot be healed: partitions are never taken away"),
                new NotRun("F43", "hours of mixed faults", "give --minutes"));
    }
}
