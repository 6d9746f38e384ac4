package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server below the services goes away and comes back; the services stay. */
@Timeout(300)
final class ServerDownIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldAnswerUnavailableWhileKafkaIsAwayAndGoOnAfterwards() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var bobs = Device.of(stack.edge(1), bob, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "before");
            var http = RawHttp.of(stack.edge(0), alice);
            var router = stack.parts().part("router").pid();
            var kafka = stack.parts().part("kafka");

            // When
            kafka.kill();

            // Then
            long began = System.nanoTime();
            var refused = http.post("/v1/messages", message("while it is away"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ANSWER);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");

            // When
            var waiting = phone.client().send(Recipient.user(bob), "kept by the device");
            kafka.start();

            // Then
            await().atMost(PATIENCE).until(() -> waiting.decision().isDone());
            assertThat(Device.posted(waiting.decision().join()).seq()).isGreaterThan(1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bobs.texts(conversation))
                    .startsWith("before")
                    .endsWith("kept by the device")
                    .doesNotHaveDuplicates());
            assertThat(stack.parts().part("router").pid()).isEqualTo(router);
        }
    }

    @Test
    void shouldNotMissTheRegistry() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var bobs = Device.of(stack.edge(1), bob, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "before");
            var registry = stack.parts().part("registry");

            // When
            registry.kill();
            phone.send(Recipient.user(bob), "while it is away");

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(bobs.texts(conversation))
                    .containsExactly("before", "while it is away"));
            registry.start();
        }
    }

    private String message(String text) {
        return """
                {"clientMessageId":"%s","to":{"user":"%s"},"body":{"kind":"text","text":"%s"}}""".formatted(Names.key(), bob, text);
    }
}
