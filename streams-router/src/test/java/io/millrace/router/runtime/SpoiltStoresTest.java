package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Against a real store in whose file bytes were flipped. */
class SpoiltStoresTest {
    @TempDir
    Path directory;

    @Test
    void shouldRememberWhenTheBytesOfAStoreAreSpoilt() throws Exception {
        // Given
        var trouble = catchThrowable(this::openAfterFlippingBytes);
        assertThat(trouble).isInstanceOf(RocksDBException.class);

        // When
        boolean noted = spoilt().note(new ProcessorStateException("a store cannot be opened", trouble));

        // Then
        assertThat(noted).isTrue();
        assertThat(spoilt().areNoted()).isTrue();
        spoilt().forget();
        assertThat(spoilt().areNoted()).isFalse();
    }

    @Test
    void shouldKeepStoresWhenSomethingElseIsWrong() {
        // When
        boolean noted = spoilt().note(new ProcessorStateException("no space", new RocksDBException("IO error")));

        // Then
        assertThat(noted).isFalse();
        assertThat(spoilt().areNoted()).isFalse();
    }

    /** As a restart sees it. */
    private SpoiltStores spoilt() {
        return new SpoiltStores(directory, "conversations");
    }

    private void openAfterFlippingBytes() throws RocksDBException, IOException {
        var store = directory.resolve("store").toString();
        RocksDB.loadLibrary();
        try (var options = new Options().setCreateIfMissing(true);
                var flush = new FlushOptions()) {
            try (var db = RocksDB.open(options, store)) {
                for (int i = 0; i < 1000; i++) {
                    db.put(("key-" + i).getBytes(), ("value-" + i).getBytes());
                }
                db.flush(flush);
            }
            flip();
            try (var db = RocksDB.open(options, store);
                    var all = db.newIterator()) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    all.value();
                }
                all.status();
            }
        }
    }

    private void flip() throws IOException {
        try (var files = Files.list(directory.resolve("store"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sst")).toList()) {
                var bytes = Files.readAllBytes(file);
                for (int i = bytes.length / 3; i < bytes.length / 3 + 64; i++) {
                    bytes[i] = (byte) ~bytes[i];
                }
                Files.write(file, bytes);
            }
        }
    }
}
