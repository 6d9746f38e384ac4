package io.millrace.router.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.Metrics;
import io.millrace.router.Commands;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What users wrote is in the dead letter and nowhere else: not in the log, whatever breaks, and not in a meter. */
class CanaryTest {
    private static final String CANARY = "canary-7f31";
    private static final byte[] KEY = "d:alice:bob".getBytes(StandardCharsets.UTF_8);

    private final Logger ours = (Logger) LoggerFactory.getLogger("io.millrace");
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    };
    private HostileLog log;

    @BeforeEach
    void start() {
        appender.start();
        ours.setLevel(Level.TRACE);
        root.addAppender(appender);
        log = new HostileLog();
    }

    @AfterEach
    void stop() {
        log.close();
        root.detachAppender(appender);
        ours.setLevel(null);
    }

    @Test
    void shouldLogNothingOfWhatCannotBeDecoded() {
        // Given
        long seed = 20261123;
        var random = new Random(seed);
        byte[] good = bytes(command("k"));
        int letters = 0;

        // When
        for (int i = 0; i < 500; i++) {
            var broken = Arrays.copyOf(good, random.nextBoolean() ? good.length : 5 + random.nextInt(good.length - 5));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt(256);
            }
            letters += (int) log.feed(KEY, broken).letters().stream()
                    .filter(CanaryTest::carries)
                    .count();
        }

        // Then
        assertThat(letters).as("dead letters with the canary, seed " + seed).isGreaterThan(20);
        shouldBeNowhereElse();
    }

    @Test
    void shouldLogNothingOfWhatDecodesAndCannotBeTaken() {
        // When
        var mismatch = log.feed(CANARY.getBytes(StandardCharsets.UTF_8), bytes(command("k")));
        var noKey = log.feed(null, bytes(command("k")));
        var unknown = log.feed(
                KEY,
                bytes(Command.newBuilder(command("k"))
                        .setType(CommandType.UNKNOWN)
                        .build()));
        var noRecord = log.feed(KEY, ("{\"body\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8));

        // Then
        for (var outcome : List.of(mismatch, noKey, unknown, noRecord)) {
            assertThat(outcome.letters()).hasSize(1).allMatch(CanaryTest::carries);
            var letter = outcome.letters().get(0);
            assertThat(letter.getDetail() + letter.getCause() + letter.getComponent())
                    .doesNotContain(CANARY);
        }
        shouldBeNowhereElse();
    }

    @Test
    void shouldLogNothingOfWhatIsTakenOrRejected() {
        // When
        var posted = log.feed(KEY, bytes(command("k")));
        var rejected = log.feed(
                KEY,
                bytes(Command.newBuilder(command("k2"))
                        .setMentions(List.of(CANARY))
                        .build()));

        // Then
        assertThat(posted.deliveries()).isNotEmpty();
        assertThat(rejected.deliveries()).hasSize(1);
        assertThat(rejected.deliveries().get(0).getDecision().getReason()).doesNotContain(CANARY);
        assertThat(lines).noneMatch(line -> line.contains(CANARY));
    }

    private void shouldBeNowhereElse() {
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(CANARY));
        assertThat(Metrics.globalRegistry.getMeters())
                .isNotEmpty()
                .noneMatch(meter -> meter.getId().toString().contains(CANARY));
    }

    private static boolean carries(DeadLetter letter) {
        return StandardCharsets.ISO_8859_1
                .decode(letter.getValue().duplicate())
                .toString()
                .contains(CANARY);
    }

    private static Command command(String key) {
        return Commands.command(CommandType.SEND, "alice", "d:alice:bob", key, CANARY)
                .setBodyKind("text")
                .setTitle(CANARY)
                .setAnnouncement(CANARY)
                .setBodyKey(CANARY)
                .build();
    }

    private byte[] bytes(Command command) {
        return log.serdes.serializer(Command.class).serialize("commands", command);
    }
}
