package io.millrace.timeline.replay;

import io.millrace.service.config.ConfigException;
import io.millrace.service.lifecycle.RefusedToStartException;
import io.millrace.timeline.cassandra.StoreRefusedException;
import io.millrace.timeline.cassandra.StoreUnavailableException;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code millrace replay rebuild | verify | repair | as-of | dead-letters |
 * refan | export | import | switch | reshard | shadow | erase | hold | release-hold}. Exit codes: 0 done, or equal; 1 it could not be done, or
 * differs; 2 wrong command line or settings; 3 refused.
 */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Write the store again from the log, and prove it equal.")
public final class ReplayMain implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            // the output is for people, and for programs that read it
            System.setProperty("logback.configurationFile", "io/millrace/timeline/replay/logback.xml");
        }
        System.exit(commandLine(System.getenv()).execute(args));
    }

    /** @param environment whose settings go before those of files */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new ReplayMain())
                .addSubcommand(new RebuildCommand(environment))
                .addSubcommand(new VerifyCommand(environment))
                .addSubcommand(new RepairCommand(environment))
                .addSubcommand(new AsOfCommand(environment))
                .addSubcommand(new DeadLettersCommand(environment))
                .addSubcommand(new RefanCommand(environment))
                .addSubcommand(new ExportCommand(environment))
                .addSubcommand(new ImportCommand(environment))
                .addSubcommand(new SwitchCommand(environment))
                .addSubcommand(new ReshardCommand(environment))
                .addSubcommand(new ShadowCommand(environment))
                .addSubcommand(new EraseCommand(environment))
                .addSubcommand(HoldCommand.hold(environment))
                .addSubcommand(HoldCommand.release(environment))
                .setExecutionExceptionHandler(ReplayMain::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof ConfigException) {
            return say(command, e.getMessage(), 2);
        }
        if (e instanceof RefusedToStartException || e instanceof StoreRefusedException) {
            return say(command, e.getMessage(), 3);
        }
        if (e instanceof StoreUnavailableException || e instanceof KafkaException) {
            return say(command, e.getMessage() + " (" + e.getCause() + ")", 1);
        }
        if (e instanceof ReplayException) {
            return say(command, e.getMessage(), 1);
        }
        throw e;
    }

    private static int say(CommandLine command, @Nullable String why, int exitCode) {
        command.getErr().println("replay: " + why);
        command.getErr().flush();
        return exitCode;
    }
}
