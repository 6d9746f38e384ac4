package io.millrace.localstack.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port, as far as Linux tells this user. */
final class PortHolder {
    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** For example {@code process 4711 (java)}; empty if it cannot be found out. */
    static Optional<String> of(int port) {
        var sockets = new HashSet<String>();
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (var lines = Files.lines(Path.of(table))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(f -> f[STATE].equals(LISTENING) && f[ADDRESS].endsWith(suffix))
                        .forEach(f -> sockets.add("socket:[" + f[INODE] + "]"));
            } catch (IOException e) {
                return Optional.empty(); // not Linux
            }
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsAny(process.pid(), sockets))
                .findFirst()
                .map(PortHolder::describe);
    }

    private static boolean holdsAny(long pid, Set<String> sockets) {
        try (var files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (var file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // another user's, or gone meanwhile
        }
        return false;
    }

    private static String describe(ProcessHandle process) {
        var command = process.info().command().map(c -> Path.of(c).getFileName().toString());
        return "process " + process.pid() + command.map(c -> " (" + c + ")").orElse("");
    }
}
