package io.millrace.localstack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.part.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service whose settings do not fit the servers refuses to start or is not ready, says why, and shows no secret. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class WrongSecretsIT {
    private static final String GUESS = "planted-guess-" + UUID.randomUUID();
    private static final String KAFKA_PASSWORD = "/kafka/properties/sasl.jaas.config";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static SecuredStack stack;
    private static Certificates foreign;

    /** What is set wrongly, how the service ends and what its log says. */
    record Mistake(String service, Map<String, Object> settings, End end, String says) {
        /** For the report, which must not show passwords either. */
        @Override
        public String toString() {
            return service + " with another " + settings.keySet();
        }
    }

    /** What becomes of it: exit code 3, or it goes on asking. */
    enum End {
        REFUSES,
        IS_NOT_READY
    }

    @BeforeAll
    static void start() throws Exception {
        stack = SecuredStack.running();
        foreign = new Certificates(stack.data().resolve("foreign"), GUESS);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake("router", password("router"), End.REFUSES, "Kafka refuses the credentials"),
                new Mistake("timeline", password("timeline"), End.REFUSES, "Kafka refuses the credentials"),
                new Mistake("edge", password("edge"), End.IS_NOT_READY, "SaslAuthenticationException"),
                new Mistake("router", foreignAuthority(), End.REFUSES, "Kafka refuses the credentials or the TLS"),
                new Mistake("edge", foreignAuthority(), End.IS_NOT_READY, "SslAuthenticationException"),
                new Mistake(
                        "router",
                        Map.of(KAFKA_PASSWORD, rightPassword("tap")),
                        End.REFUSES,
                        "Kafka does not let this client"),
                new Mistake(
                        "timeline",
                        Map.of("/kafka/properties/security.protocol", "PLAINTEXT"),
                        End.REFUSES, // by the JVM: Kafka's client takes the answer of TLS for a length of 336 MiB
                        "OutOfMemoryError"),
                new Mistake(
                        "timeline",
                        Map.of("/cassandra/password", GUESS),
                        End.REFUSES,
                        "Cassandra refuses cassandra.user"),
                new Mistake(
                        "timeline",
                        Map.of(
                                "/cassandra/tls/trustStore",
                                foreign.authoritiesPem().toString()),
                        End.REFUSES,
                        "no TLS with Cassandra"),
                new Mistake(
                        "timeline",
                        Map.of("/cassandra/contactPoints", List.of("localhost:" + stack.cqlPort())),
                        End.REFUSES,
                        "no TLS with Cassandra"),
                new Mistake("timeline", Map.of("/cassandra/tls", Map.of()), End.REFUSES, "no TLS with Cassandra"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldRefuseAndSayWhyWithoutASecret(Mistake mistake) throws Exception {
        // Given
        var service = stack.another(mistake.service(), mistake.settings());
        var thread = Executors.newSingleThreadExecutor();

        // When
        var start = thread.submit(() -> {
            service.start();
            return service.state();
        });
        await().atMost(PATIENCE).until(() -> start.isDone() || log(service).contains(mistake.says()));

        // Then
        if (mistake.end() == End.REFUSES) {
            assertThatThrownBy(() -> start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("ended with exit code 3");
        } else {
            assertThat(start).isNotDone();
            start.cancel(true);
        }
        thread.shutdownNow();
        assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(log(service))
                .contains(mistake.says())
                .doesNotContain(stack.secrets())
                .doesNotContain(GUESS);
    }

    private static String log(Part service) throws IOException {
        return Files.exists(service.log()) ? Files.readString(service.log()) : "";
    }

    @Test
    void shouldShowNoSecretWhenItsSettingsAreChecked() throws Exception {
        // Given
        var arguments = List.of("timeline", "router", "edge");

        // Then
        for (var service : arguments) {
            var answer = stack.check(service, Map.of());
            assertThat(answer).contains("are good").doesNotContain(stack.secrets());
        }
        assertThat(stack.check("timeline", Map.of("/cassandra/password", List.of(GUESS))))
                .contains("timeline.cassandra.password")
                .doesNotContain(GUESS);
        assertThat(stack.check("edge", Map.of(KAFKA_PASSWORD, List.of(GUESS)))).doesNotContain(GUESS);
        assertThat(stack.check("edge", Map.of(KAFKA_PASSWORD, "file:/nowhere"))).contains("/nowhere cannot be read");
    }

    private static Map<String, Object> password(String user) {
        return Map.of(KAFKA_PASSWORD, jaas(user, GUESS));
    }

    private static String rightPassword(String user) {
        return jaas(user, stack.password(user));
    }

    private static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private static Map<String, Object> foreignAuthority() {
        return Map.of(
                "/kafka/properties/ssl.truststore.location",
                foreign.authorities().toString(),
                "/kafka/properties/ssl.truststore.password",
                GUESS);
    }
}
