package io.millrace.localstack.launcher;

import io.millrace.localstack.RunFile;
import io.millrace.localstack.child.ResidentMemory;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the parts of a running stack: port, state, process, memory. Exit code 1 if none is running. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Show the parts, their ports and memory.")
final class Status implements Callable<Integer> {
    @Mixin
    private StackPlace place = new StackPlace();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var found = RunFile.read(place.data());
        if (found.isEmpty()) {
            out.println("no stack is running on " + place.data());
            return 1;
        }
        var run = found.get();
        out.printf(Locale.ROOT, "%-10s %6s  %-9s %8s %8s%n", "part", "port", "state", "process", "memory");
        long total = line("launcher", 0, "ready", run.pid());
        for (var part : run.parts()) {
            total += line(part.name(), part.port(), part.state(), part.pid());
        }
        out.printf(Locale.ROOT, "%-10s %6s  %-9s %8s %4d MiB%n", "all", "", "", "", total >> 20);
        out.println(run.url());
        return 0;
    }

    private long line(String name, int port, String state, long pid) {
        long memory = pid == 0 ? 0 : ResidentMemory.bytes(pid).orElse(0);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%-10s %6s  %-9s %8s %4d MiB%n",
                        name,
                        port == 0 ? "" : Integer.toString(port),
                        pid != 0 && memory == 0 ? "gone" : state,
                        pid == 0 ? "" : Long.toString(pid),
                        memory >> 20);
        return memory;
    }
}
