package io.millrace.benchmarks.machine;

import io.millrace.localstack.child.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds, as Linux counts it. */
public final class ProcessFacts {
    private ProcessFacts() {}

    public static double residentMib(long pid) {
        return ResidentMemory.bytes(pid).orElse(0) / 1048576.0;
    }

    public static double threads(long pid) {
        return count(Path.of("/proc/" + pid + "/task"));
    }

    /** Files, sockets and what else has a descriptor. */
    public static double files(long pid) {
        return count(Path.of("/proc/" + pid + "/fd"));
    }

    private static double count(Path directory) {
        try (var all = Files.list(directory)) {
            return all.count();
        } catch (IOException e) {
            return 0; // it is gone
        }
    }
}
