package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The timeline service while Cassandra is away: it says so, waits, and recovers without being touched. */
@Timeout(240)
final class CassandraDownIT {
    private static final String DIRECT = "d:alice:bob";

    @TempDir
    private Path data;

    private LocalStack stack;
    private HandWrittenLog log;
    private PullClient api;

    @BeforeEach
    void start() throws Exception {
        stack = new LocalStack(
                StackOptions.at(data).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.CASSANDRA, Tier.TIMELINE)));
        stack.start();
        log = new HandWrittenLog(stack);
        api = new PullClient(stack);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (log != null) {
            log.close();
        }
        stack.close();
    }

    @Test
    void shouldRecoverByItselfWhenCassandraWasKilled() throws Exception {
        // Given
        write(1, 200);
        awaitHead(200);
        var service = stack.part("timeline").pid();

        // When
        stack.part("cassandra").kill();
        write(201, 1_200);

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(this::assertUnavailable);
        stack.part("cassandra").start();
        awaitHead(1_200);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lastText()).isEqualTo("m1200"));
        assertThat(stack.part("timeline").pid()).isEqualTo(service);
    }

    @Test
    void shouldAnswerInsteadOfHangingWhenCassandraIsFrozen() throws Exception {
        // Given
        write(1, 10);
        awaitHead(10);

        // When
        stack.part("cassandra").freeze();
        write(11, 50);

        // Then
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            long began = System.nanoTime();
            assertUnavailable();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        });
        stack.part("cassandra").thaw();
        awaitHead(50);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lastText()).isEqualTo("m50"));
    }

    private void assertUnavailable() throws Exception {
        var answer = api.ask("bob", "/v1/timeline");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/problem+json");
    }

    private void write(int first, int last) {
        for (int i = first; i <= last; i++) {
            log.message(DIRECT, "alice", "m" + i, "alice", "bob");
        }
        log.flush();
    }

    private void awaitHead(long head) {
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> api.get("bob", "/v1/timeline?limit=1").path("head").asLong() == head);
    }

    private String lastText() throws Exception {
        var page = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> api.get("bob", "/v1/conversations/" + DIRECT + "/messages?limit=1"),
                        found -> !found.path("messages").isEmpty());
        return page.at("/messages/0/body/text").asText();
    }
}
