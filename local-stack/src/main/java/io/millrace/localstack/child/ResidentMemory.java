package io.millrace.localstack.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Physical memory of a process, as Linux counts it. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** Bytes of physical memory in use ({@code VmRSS}); empty if the process is gone or the system is not Linux. */
    public static OptionalLong bytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
