package io.millrace.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a report says of the machine. */
public final class MachineFacts {
    private MachineFacts() {}

    public static Map<String, String> read() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("cores", Integer.toString(cores()));
        facts.put("processor", line("/proc/cpuinfo", "model name"));
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("load when begun", first("/proc/loadavg"));
        return facts;
    }

    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String line(String file, String key) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String first(String file) {
        try {
            return Files.readString(Path.of(file)).split(" ", -1)[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
