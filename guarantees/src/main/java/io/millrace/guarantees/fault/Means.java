package io.millrace.guarantees.fault;

import java.io.IOException;
import java.util.Optional;

/** What some faults need of the machine, and of a stack before it is started. */
public enum Means {
    /** {@link Disks}. */
    DISKS {
        @Override
        Optional<String> trouble() throws IOException, InterruptedException {
            return Disk.trouble();
        }
    },
    /** {@link Clocks}. */
    CLOCKS {
        @Override
        Optional<String> trouble() throws IOException, InterruptedException {
            return present("a C compiler", "cc", "--version");
        }
    },
    /** {@link StreamThreads}. */
    DEBUGGER {
        @Override
        Optional<String> trouble() {
            return Optional.empty();
        }
    },
    /** {@link FewFileDescriptors}. */
    FILE_LIMITS {
        @Override
        Optional<String> trouble() throws IOException, InterruptedException {
            return present("prlimit of util-linux", "prlimit", "--version");
        }
    };

    abstract Optional<String> trouble() throws IOException, InterruptedException;

    /** Why this machine does not have it; empty if it does. */
    public Optional<String> obstacle() throws InterruptedException {
        try {
            return trouble();
        } catch (IOException e) {
            return Optional.of("cannot be told: " + e.getMessage());
        }
    }

    private static Optional<String> present(String what, String... command) throws InterruptedException {
        try {
            SystemCommand.run(command);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("this machine has no " + what);
        }
    }
}
