package io.millrace.localstack.part;

import io.millrace.localstack.child.JvmCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a part is and how it runs.
 *
 * @param name of the part, its log and its data; unique in a stack
 * @param ports every port it listens on, by what it is for, in order; the first is the one to show
 * @param preparation done before each start
 * @param command the JVM
 * @param readiness asked until it says yes
 * @param stopPatience how long a graceful stop may take
 */
public record PartSpec(
        String name,
        Map<String, Integer> ports,
        Preparation preparation,
        JvmCommand command,
        Readiness readiness,
        Duration stopPatience) {
    public PartSpec {
        ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }

    /** Writes configuration, formats storage. Must do no harm the second time. */
    @FunctionalInterface
    public interface Preparation {
        void run() throws IOException, InterruptedException;
    }

    /** The same part from another command. */
    public PartSpec withCommand(JvmCommand other) {
        return new PartSpec(name, ports, preparation, other, readiness, stopPatience);
    }

    /** The port to show. */
    public int mainPort() {
        return ports.values().iterator().next();
    }

    /** Two ports in order, for a {@link PartSpec}. */
    public static Map<String, Integer> ports(String first, int firstPort, String second, int secondPort) {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put(first, firstPort);
        ports.put(second, secondPort);
        return ports;
    }
}
