package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.UserKeyState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says that a user must not be erased, or that it may be again. */
@Command(mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {
    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private OneUser who = new OneUser();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;
    private final boolean held;

    private HoldCommand(Map<String, String> environment, boolean held) {
        this.environment = environment;
        this.held = held;
    }

    static CommandLine hold(Map<String, String> environment) {
        return described(
                new HoldCommand(environment, true), "hold", "Refuse to erase a user until the hold is released.");
    }

    static CommandLine release(Map<String, String> environment) {
        return described(
                new HoldCommand(environment, false), "release-hold", "Allow again that a held user is erased.");
    }

    private static CommandLine described(HoldCommand command, String name, String what) {
        var line = new CommandLine(command);
        line.setCommandName(name);
        line.getCommandSpec().usageMessage().description(what);
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        var user = who.user(spec);
        var kafka = place.settings(environment).kafka();
        ReplayLog.open(kafka, 1); // says what is wrong, if it is not there
        var keys = new UserKeys(kafka);
        try (var hand = OperatorHand.open(kafka)) {
            var ring = keys.read();
            if (ring.isErased(user)) {
                throw new ReplayException(user + " is erased");
            }
            if (!held && ring.heldBecause(user).isEmpty()) {
                throw new ReplayException(user + " is not held");
            }
            var state = held ? UserKeyState.HELD : UserKeyState.RELEASED;
            hand.write(
                    List.of(keys.says(user, state, who.reason())),
                    written -> who.act(held ? ActKind.HELD : ActKind.RELEASED, "user:" + user, ""));
        }
        spec.commandLine().getOut().println(user + (held ? " held" : " released"));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
