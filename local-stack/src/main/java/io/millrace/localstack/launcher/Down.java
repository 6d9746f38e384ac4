package io.millrace.localstack.launcher;

import io.millrace.localstack.RunFile;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the stack of a data directory, and no other, and waits until it is gone. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stop the running stack.")
final class Down implements Callable<Integer> {
    private static final long PATIENCE_S = 180;

    @Mixin
    private StackPlace place = new StackPlace();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var out = spec.commandLine().getOut();
        var running = RunFile.read(place.data()).flatMap(RunFile::process);
        if (running.isEmpty()) {
            out.println("no stack is running on " + place.data());
            return 0;
        }
        var process = running.get();
        out.println("stopping process " + process.pid());
        out.flush();
        process.destroy();
        try {
            process.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StackException(
                    Trouble.PART_FAILED,
                    "process " + process.pid() + " has not stopped within " + PATIENCE_S + " s; end it with kill -9 "
                            + process.pid() + ", its parts follow it",
                    e);
        }
        out.println("stopped");
        return 0;
    }
}
