package io.millrace.guarantees.fault;

import io.millrace.guarantees.fault.PartFault.Harm;
import io.millrace.guarantees.net.Door;
import io.millrace.guarantees.net.Weather;
import io.millrace.guarantees.workload.Handset;
import io.millrace.localstack.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every fault there is, and those that this machine or this stack cannot have, with the reason. */
public final class FaultCatalogue {
    private static final Duration HOUR = Duration.ofHours(1);

    private FaultCatalogue() {}

    /** A fault of the matrix that is not injected. */
    public record NotRun(String matrix, String what, String why) {}

    /** All of them, in the order of the matrix. */
    public static List<Fault> all() {
        var faults = new ArrayList<Fault>();
        edges(faults);
        brokers(faults);
        stores(faults);
        routers(faults);
        rest(faults);
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
                "slow-network",
                "F4",
                "every piece 150 ms late",
                Weather.slow(Duration.ofMillis(150)),
                10,
                FaultCatalogue::someDoor));
        faults.add(new NetworkFault(
                "narrow-network",
                "F4",
                "2 KiB a second for each connection",
                Weather.narrow(2 << 10),
                12,
                FaultCatalogue::someDoor));
        faults.add(new NetworkFault(
                "stalled-network",
                "F5",
                "connections stay open, nothing moves",
                Weather.STALLED,
                12,
                FaultCatalogue::someDoor));
        faults.add(new NetworkFault(
                "answers-lost",
                "F12",
                "requests arrive, answers do not",
                Weather.ANSWERS_LOST,
                12,
                FaultCatalogue::someDoor));
        faults.add(new Blow(
                "reconnect-storm",
                "F6",
                "every connection reset, all at once",
                1,
                scene -> scene.doors().forEach(Door::resetAll),
                scene -> {}));
        faults.add(new FewFileDescriptors());
    }

    private static List<Door> someDoor(Scene scene) {
        return List.of(scene.someDoor());
    }

    private static void brokers(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-broker", "F7", Harm.KILL, 5, scene -> scene.stack().part(scene.someBroker())));
        // Longer than its session with the controller.
        faults.add(new PartFault(
                "freeze-broker", "F8", Harm.FREEZE, 15, scene -> scene.stack().part(scene.someBroker())));
        faults.add(new PartFault(
                "restart-broker", "F17", Harm.RESTART, 3, scene -> scene.stack().part(scene.someBroker())));
        faults.add(new Blow(
                "kill-all-brokers",
                "F9",
                "kill -9 of every broker at once, started again together",
                20,
                scene -> killAll(scene, scene.brokers()),
                scene -> startAll(scene, scene.brokers())));
        faults.add(new NetworkFault(
                "edge-cut-from-brokers",
                "F10",
                "nothing moves between one edge and the brokers",
                Weather.STALLED,
                15,
                scene -> scene.roads().toBrokers(scene.someEdge())));
        faults.add(new NetworkFault(
                "writer-cut-from-brokers",
                "F10",
                "nothing moves between the timeline service and the brokers",
                Weather.STALLED,
                15,
                scene -> scene.roads().toBrokers(Services.TIMELINE)));
        faults.add(new NetworkFault(
                "router-cut-from-broker",
                "F11",
                "nothing moves between one router and one broker",
                Weather.STALLED,
                15,
                scene -> List.of(scene.pick(scene.roads().toBrokers(scene.someRouter())))));
        faults.add(new NetworkFault(
                "router-answers-lost",
                "F12",
                "what one router asks of the brokers is done, and no answer arrives",
                Weather.ANSWERS_LOST,
                15,
                scene -> scene.roads().toBrokers(scene.someRouter())));
        faults.add(new FullDisk(
                "full-disk-broker",
                "F22",
                "no byte is free on the disk of a broker; it is started again when there is space",
                10,
                Scene::someBroker,
                (scene, broker) -> {},
                (scene, broker) -> {},
                3));
    }

    private static void stores(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-cassandra", "F24", Harm.KILL, 8, scene -> scene.stack().part("cassandra")));
        faults.add(new PartFault("freeze-cassandra", "F25 F26", Harm.FREEZE, 15, scene -> scene.stack()
                .part("cassandra")));
        faults.add(new PartFault("restart-cassandra", "F17", Harm.RESTART, 3, scene -> scene.stack()
                .part("cassandra")));
        faults.add(new NetworkFault(
                "slow-cassandra",
                "F25",
                "every piece between the timeline service and Cassandra a second late",
                Weather.slow(Duration.ofSeconds(1)),
                15,
                scene -> List.of(scene.roads().toCassandra())));
        faults.add(new NetworkFault(
                "cassandra-answers-lost",
                "F26",
                "rows are written, and no answer arrives",
                Weather.ANSWERS_LOST,
                15,
                scene -> List.of(scene.roads().toCassandra())));
        faults.add(new FullDisk(
                "full-disk-cassandra",
                "F23",
                "no byte is free on the disk of Cassandra, and it is made to notice; restarted when there is space",
                10,
                scene -> "cassandra",
                (scene, cassandra) -> Ballast.throwAt(scene.stack().cqlPort()),
                (scene, cassandra) -> scene.stack().part(cassandra).restart(),
                1));
        faults.add(new PartFault("restart-registry", "F28", Harm.RESTART, 8, scene -> scene.stack()
                .part("registry")));
        faults.add(new NetworkFault(
                "registry-stalled",
                "F28",
                "nothing moves between the services and the registry",
                Weather.STALLED,
                10,
                scene -> List.of(scene.roads().toRegistry())));
    }

    private static void routers(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-router", "F13", Harm.KILL, 4, scene -> scene.stack().part(scene.someRouter())));
        // Longer than the transaction may last, so that the frozen one comes back as a zombie.
        faults.add(new PartFault(
                "freeze-router", "F14", Harm.FREEZE, 15, scene -> scene.stack().part(scene.someRouter())));
        faults.add(new SlowProcessor());
        faults.add(new DeadThread());
        faults.add(new PartFault(
                "restart-router", "F17", Harm.RESTART, 2, scene -> scene.stack().part(scene.someRouter())));
        faults.add(new Blow(
                "kill-all-routers",
                "F13",
                "kill -9 of every router at once, started again together",
                2,
                scene -> killAll(scene, scene.routers()),
                scene -> startAll(scene, scene.routers())));
        faults.add(new Blow(
                "rebalance-storm",
                "F16",
                "one router leaves and comes back, three times without a rest",
                1,
                scene -> {
                    var router = scene.stack().part(scene.someRouter());
                    for (int time = 0; time < 3; time++) {
                        router.restart();
                    }
                },
                scene -> {}));
        faults.add(new Blow(
                "router-state-lost",
                "F19",
                "every router killed, their state directories deleted, started again",
                2,
                scene -> {
                    killAll(scene, scene.routers());
                    for (var router : scene.routers()) {
                        Directories.empty(Disks.stateOf(scene.stack().options(), router));
                    }
                },
                scene -> startAll(scene, scene.routers())));
        faults.add(new CorruptState());
        faults.add(new FullDisk(
                "full-disk-router",
                "F21",
                "no byte is free on the disk of a router, which is killed and started all the same",
                15,
                Scene::someRouter,
                (scene, router) -> {
                    scene.stack().part(router).kill();
                    scene.startMeanwhile(router);
                },
                (scene, router) -> {},
                1));
    }

    private static void rest(List<Fault> faults) {
        faults.add(new PartFault(
                "kill-writer", "F27", Harm.KILL, 5, scene -> scene.stack().part(Services.TIMELINE)));
        faults.add(new PartFault(
                "freeze-writer", "F27", Harm.FREEZE, 12, scene -> scene.stack().part(Services.TIMELINE)));
        faults.add(new Blow(
                "rolling-restart",
                "F17",
                "every service in turn: SIGTERM, and started again",
                1,
                scene -> {
                    var services = new ArrayList<>(scene.edges());
                    services.addAll(scene.routers());
                    services.add(Services.TIMELINE);
                    for (var service : services) {
                        scene.stack().part(service).restart();
                    }
                },
                scene -> {}));
        faults.add(new WrongClock("clock-ahead", "the wall clock of one process jumps an hour ahead, and back", HOUR));
        faults.add(new WrongClock(
                "clock-behind", "the wall clock of one process jumps an hour back, and forth", HOUR.negated()));
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

    private static void killAll(Scene scene, List<String> parts) throws InterruptedException {
        for (var part : parts) {
            scene.stack().part(part).kill();
        }
    }

    /** At once: some of them wait for the others. */
    private static void startAll(Scene scene, List<String> parts) throws InterruptedException {
        scene.stack().startTogether(parts);
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
                new NotRun("F18", "upgrade to another topology", "give --upgrade-from COMMIT"),
                new NotRun(
                        "F29",
                        "incompatible schema",
                        "SchemaGrowthIT holds it: nothing in a run writes another schema"),
                new NotRun(
                        "F32",
                        "foreign writer on internal topics",
                        "the brokers of a run have no rules to refuse it; SecuredStackIT holds those that runbooks/secure-servers.md gives"),
                new NotRun("F34", "a record from the future", "RecordTimesIT holds it; see clock-ahead"),
                new NotRun(
                        "F39",
                        "heap exhausted",
                        "every JVM ends then (ExitOnOutOfMemoryError); see kill-edge, kill-router"),
                new NotRun(
                        "F40",
                        "an unclean leader",
                        "the settings do not allow one, and nothing in a run changes settings"),
                new NotRun(
                        "F41",
                        "another partition count",
                        "it cannot be healed: partitions are never taken away; PartitionsChangedIT holds that the router refuses to start"),
                new NotRun("F43", "hours of mixed faults", "give --minutes"));
    }
}
