package io.millrace.benchmarks.micro;

import io.millrace.schemas.body.BodyCipher;
import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.body.KeyRing;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A body of 1 KiB as edges encrypt it, once, and readers decrypt it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BodyBenchmark {
    static {
        RecordSerdes.on(new Samples.RememberedSchemas()); // generated classes may be loaded by Avro from here on
    }

    private final BodyKey key = BodyKey.of("AAAAAAAAAAAAAAAAAAAAAA", "alice", new byte[BodyKey.BYTES]);
    private final ByteBuffer body = ByteBuffer.allocate(1024);
    private final ByteBuffer encrypted = BodyCipher.encrypt(key, body);
    private final ConversationEvent event = Samples.event();

    @Benchmark
    public ByteBuffer encrypt() {
        return BodyCipher.encrypt(key, body);
    }

    @Benchmark
    public Optional<ByteBuffer> decrypt() {
        return BodyCipher.decrypt(key, encrypted);
    }

    /** What a reader does besides, for each event. */
    @Benchmark
    public ConversationEvent putIn() {
        return KeyRing.inTheClear(event, body);
    }
}
