package io.millrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.Samples;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class AvroSerdeTest {
    private final MemoryRegistry registry = new MemoryRegistry();
    private final AvroSerializer<Command> serializer = new AvroSerializer<>(registry);
    private final AvroDeserializer<Command> deserializer = new AvroDeserializer<>(registry, Command.class);

    static Stream<SpecificRecord> samples() {
        return Samples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadWhatWasWritten(SpecificRecord sample) {
        // Given
        var out = new AvroSerializer<SpecificRecord>(registry);
        var in = new AvroDeserializer<SpecificRecord>(registry, classOf(sample));

        // When
        var bytes = out.serialize("topic", sample);

        // Then
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 1, 2, 3, 0);
        assertThat(in.deserialize("topic", bytes)).isEqualTo(sample);
    }

    @Test
    void shouldAskTheRegistryOncePerTopic() {
        // When
        for (int i = 0; i < 100; i++) {
            deserializer.deserialize("commands", serializer.serialize("commands", Samples.command()));
        }

        // Then
        assertThat(registry.asked).isEqualTo(2);
    }

    @Test
    void shouldKeepATombstone() {
        assertThat(serializer.serialize("commands", null)).isNull();
        assertThat(deserializer.deserialize("commands", null)).isNull();
    }

    static Stream<byte[]> poison() {
        return Stream.of(
                new byte[0],
                new byte[] {0},
                new byte[] {0, 1, 2, 3},
                new byte[] {1, 1, 2, 3, 0, 2},
                "{\"json\":true}".getBytes());
    }

    @ParameterizedTest
    @MethodSource("poison")
    void shouldCallBytesWithoutOurHeaderPoison(byte[] bytes) {
        // When
        var refusal =
                catchThrowableOfType(PoisonRecordException.class, () -> deserializer.deserialize("commands", bytes));

        // Then
        assertThat(refusal.kind()).isEqualTo(PoisonRecordException.Cause.NOT_AVRO);
    }

    @Test
    void shouldCallAnUnknownSchemaPoison() {
        // When
        var refusal = catchThrowableOfType(
                PoisonRecordException.class, () -> deserializer.deserialize("commands", new byte[] {0, 9, 9, 9, 9, 2}));

        // Then
        assertThat(refusal.kind()).isEqualTo(PoisonRecordException.Cause.UNKNOWN_SCHEMA);
    }

    @Test
    void shouldNotCallARecordPoisonWhenTheRegistryIsAway() {
        // Given
        var bytes = serializer.serialize("commands", Samples.command());
        registry.away = true;

        // Then
        assertThatThrownBy(() -> deserializer.deserialize("commands", bytes))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldRecoverWhenTheRegistryIsBack() {
        // Given
        registry.away = true;
        assertThatThrownBy(() -> serializer.serialize("commands", Samples.command()))
                .isInstanceOf(RegistryUnavailableException.class);

        // When
        registry.away = false;
        var bytes = serializer.serialize("commands", Samples.command());

        // Then
        assertThat(deserializer.deserialize("commands", bytes)).isEqualTo(Samples.command());
    }

    @Test
    void shouldGoOnWithKnownSchemasWhileTheRegistryIsAway() {
        // Given
        var before = deserializer.deserialize("commands", serializer.serialize("commands", Samples.command()));
        registry.away = true;

        // When
        var after = deserializer.deserialize("commands", serializer.serialize("commands", Samples.command()));

        // Then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void shouldCallEveryTruncationAndTrailingBytesPoison() {
        // Given
        var good = serializer.serialize("commands", Samples.command());

        // Then
        IntStream.range(0, good.length).forEach(length -> assertThatThrownBy(
                        () -> deserializer.deserialize("commands", Arrays.copyOf(good, length)))
                .as("first %d of %d bytes", length, good.length)
                .isInstanceOf(PoisonRecordException.class));
        assertThatThrownBy(() -> deserializer.deserialize("commands", Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(PoisonRecordException.class)
                .hasMessageContaining("trailing");
    }

    /** Hostile lengths must not take memory, hostile enums not an index out of bounds. */
    @Test
    void shouldThrowNothingButPoisonWhenBytesAreFlipped() {
        // Given
        long seed = 20261123;
        var random = new Random(seed);
        var good = serializer.serialize("commands", Samples.command());
        int poison = 0;

        // When
        for (int i = 0; i < 20_000; i++) {
            var bytes = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
            }
            try {
                deserializer.deserialize("commands", bytes);
            } catch (PoisonRecordException e) {
                poison++;
            }
        }

        // Then
        assertThat(poison).as("seed " + seed).isGreaterThan(1000);
    }

    static Stream<byte[]> hostileLengths() {
        // Revocation: a time, then reason as the second branch of a union with a string of 2 GB - 9; -1; 2^63 - 1
        return Stream.of(
                new byte[] {0, 1, 2, 3, 0, 0, 2, -18, -1, -1, -1, 15},
                new byte[] {0, 1, 2, 3, 0, 0, 2, 1},
                new byte[] {0, 1, 2, 3, 0, 0, 2, -2, -1, -1, -1, -1, -1, -1, -1, -1, 1});
    }

    @ParameterizedTest
    @MethodSource("hostileLengths")
    void shouldNotTakeMemoryForALengthThatTheBytesDoNotHave(byte[] bytes) {
        // Given
        registry.idOf("revocations-value", Revocation.SCHEMA$);
        var in = new AvroDeserializer<Revocation>(registry, Revocation.class);

        // Then
        assertThatThrownBy(() -> in.deserialize("revocations", bytes)).isInstanceOf(PoisonRecordException.class);
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        // Given
        var pool = Executors.newFixedThreadPool(8);
        Callable<Boolean> work = () -> {
            for (int i = 0; i < 2000; i++) {
                var command = Command.newBuilder(Samples.command())
                        .setTitle(Thread.currentThread().getName() + i)
                        .build();
                if (!deserializer
                        .deserialize("c", serializer.serialize("c", command))
                        .equals(command)) {
                    return false;
                }
            }
            return true;
        };

        // When
        try {
            var results = pool.invokeAll(java.util.Collections.nCopies(8, work));

            // Then
            for (var result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldNotReadOneTypeAsAnother() {
        // Given
        var bytes = serializer.serialize("commands", Samples.command());
        var other = new AvroDeserializer<Epoch>(registry, Epoch.class);

        // Then
        assertThatThrownBy(() -> other.deserialize("commands", bytes)).isInstanceOf(PoisonRecordException.class);
    }

    @SuppressWarnings("unchecked")
    private static Class<SpecificRecord> classOf(SpecificRecord sample) {
        return (Class<SpecificRecord>) sample.getClass();
    }
}
