package io.millrace.guarantees.load;

import io.millrace.guarantees.load.OpenLoop.Errand;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongFunction;

/**
 * One user, and one conversation, that ask for far more than they may: the p99 of everybody else, beside it and alone, in
 * one run. There is one tenant per installation, so there is none to be fair to.
 */
final class Fairness implements Scenario {
    private static final int OTHERS = 60;
    private static final int OTHERS_RATE = 20;
    private static final int GREEDY_DEVICES = 8;
    private static final int GREEDY_RATE = 400;
    private static final int MEMBERS = 40;
    private static final int CROWDED_RATE = 400;
    private static final Duration OPENING = Duration.ofMinutes(1);
    private static final Duration SETTLING = Duration.ofMinutes(1);
    private static final double TIMES = 3;
    private static final double SLACK_MS = 100;

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String description() {
        return "one user, and one conversation, far beyond their limits: the p99 of the others";
    }

    @Override
    public Result run(Stage stage) throws IOException, InterruptedException {
        var result = new Result(name());
        stage.freshEdge();
        try (var crowd = stage.crowd()) {
            var others = crowd.add("other", OTHERS, stage.place());
            var greedy = crowd.addDevices("greedy", GREEDY_DEVICES, stage.place());
            var members = crowd.add("member", MEMBERS, stage.place());
            Crowd.startAt(crowd.devices(), OTHERS);
            int all = OTHERS + GREEDY_DEVICES + MEMBERS;
            result.complete("every session is open", crowd.awaitOpen(all, OPENING), crowd.openCount());
            var group = Groups.create(
                    stage.edgeUrl(),
                    Tokens.of(stage.options().data()),
                    members.stream().map(Device::user).toList());
            var talk = Pairs.of(others);
            load(stage, talk, stage.options().step().dividedBy(2));

            var alone = load(stage, talk, stage.options().step());
            result.figure("others alone: due → delivered", alone.delivered.summary());
            LongFunction<Errand> byOne = number -> new Errand(
                    greedy.get((int) (number % GREEDY_DEVICES)),
                    Message.toUser(others.get((int) (number % OTHERS)).user()));
            compare(stage, result, "one user", alone, talk, byOne, GREEDY_RATE);
            LongFunction<Errand> toOne =
                    number -> new Errand(members.get((int) (number % MEMBERS)), Message.toConversation(group));
            compare(stage, result, "one conversation of " + MEMBERS, alone, talk, toOne, CROWDED_RATE);
        }
        return result;
    }

    private static Phase load(Stage stage, LongFunction<Errand> talk, Duration time) throws InterruptedException {
        var phase = stage.phase(OpenLoop.operations(OTHERS_RATE, time));
        OpenLoop.start(phase, OTHERS_RATE, Overload.CHARACTERS, talk).join();
        Await.that(() -> phase.delivered.count() >= phase.operations(), SETTLING, Overload.LOOK_MS);
        return phase;
    }

    private static void compare(
            Stage stage,
            Result result,
            String who,
            Phase alone,
            LongFunction<Errand> talk,
            LongFunction<Errand> greed,
            int rate)
            throws InterruptedException {
        var step = stage.options().step();
        var greedy = stage.phase(OpenLoop.operations(rate, step));
        var loop = OpenLoop.start(greedy, rate, Overload.CHARACTERS, greed);
        var beside = load(stage, talk, step);
        loop.join();
        boolean decided = Await.that(() -> greedy.open() == 0, SETTLING, Overload.LOOK_MS);
        double seconds = step.toMillis() / 1e3;
        result.figure(
                who + ": offered, accepted a second, refused as",
                Math.round(greedy.sent() / seconds) + ", " + Math.round(greedy.acceptedCount() / seconds) + ", "
                        + greedy.refusals());
        result.figure("others beside " + who + ": due → accepted", beside.accepted.summary());
        result.figure("others beside " + who + ": due → posted", beside.posted.summary());
        result.figure("others beside " + who + ": due → delivered", beside.delivered.summary());
        result.bounded(
                "the others' p99 beside " + who + " is at most three times what it was alone",
                beside.delivered.count() >= beside.operations()
                        && beside.delivered.p99()
                                <= Math.max(TIMES * alone.delivered.p99(), alone.delivered.p99() + SLACK_MS),
                "× " + Text.ratio(beside.delivered.p99(), alone.delivered.p99()));
        result.complete("what was accepted of " + who + " is decided", decided, greedy.open() + " open");
    }
}
