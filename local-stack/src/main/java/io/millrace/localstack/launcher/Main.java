package io.millrace.localstack.launcher;

import io.millrace.client.chat.ChatMain;
import io.millrace.localstack.part.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace up | down | status | token | chat}. Exit codes: 0 done, 1 it could not be, 2 wrong command line. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        description = "Millrace on this machine.",
        subcommands = {Up.class, Down.class, Status.class, Token.class, ChatMain.class, RebuildState.class})
public final class Main implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof StackException known) {
            command.getErr().println("millrace: " + known.getMessage());
            return 1;
        }
        throw e;
    }
}
