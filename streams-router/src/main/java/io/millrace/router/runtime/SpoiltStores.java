package io.millrace.router.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Remembers over a restart that local stores of an application hold bytes that nobody wrote (a checksum of RocksDB does
 * not fit). They are thrown away then and made again from their changelogs. Thread-safe.
 */
final class SpoiltStores {
    private final Path mark;

    /** @param stateDir of the router */
    SpoiltStores(Path stateDir, String application) {
        this.mark = stateDir.resolve(application + ".spoilt");
    }

    /** Takes note if that is what an application died of. Returns whether it is. */
    boolean note(Throwable e) {
        if (!isCorruption(e)) {
            return false;
        }
        try {
            Files.createDirectories(mark.toAbsolutePath().getParent());
            Files.writeString(mark, "");
            return true;
        } catch (IOException cannot) {
            throw new UncheckedIOException("it cannot be noted that local stores are spoilt", cannot);
        }
    }

    boolean areNoted() {
        return Files.exists(mark);
    }

    /** They are gone. */
    void forget() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("the note that local stores are spoilt cannot be deleted", e);
        }
    }

    private static boolean isCorruption(Throwable e) {
        for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof RocksDBException rocks
                    && rocks.getStatus() != null
                    && rocks.getStatus().getCode() == Status.Code.Corruption) {
                return true;
            }
        }
        return false;
    }
}
