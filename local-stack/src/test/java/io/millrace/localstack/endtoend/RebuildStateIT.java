package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.SharedStack;
import io.millrace.localstack.part.StackException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without a changelog the router refuses to number; rebuild-state is the way out, also right after a stop. */
@Timeout(300)
final class RebuildStateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String conversation = Names.direct(alice, bob);

    @Test
    void shouldRefuseToStartWithoutAChangelogAndGoOnAfterRebuild() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var bobs = Device.of(stack.edge(1), bob, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "one");
            phone.send(Recipient.user(bob), "two");
            var key = Names.key();
            var http = RawHttp.of(stack.edge(0), alice);
            var first = http.post("/v1/messages", send(key, "three"));
            var router = stack.parts().part("router");
            router.stop();
            for (var changelog : List.of("conversations-state-changelog", "users-state-changelog")) {
                try (var admin =
                        Admin.create(Map.of("bootstrap.servers", stack.parts().bootstrapServers()))) {
                    admin.deleteTopics(List.of(changelog)).all().get();
                }
            }

            // When
            assertThatThrownBy(router::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("changelog")
                    .hasMessageContaining("rebuild-state");
            stack.parts().rebuildState();
            router.start();

            // Then
            var again = await("a decision, which takes until the router has its state")
                    .atMost(PATIENCE)
                    .until(() -> http.post("/v1/messages", send(key, "three")), answer -> answer.status() == 200);
            assertThat(again.body().path("duplicate").asBoolean()).isTrue();
            assertThat(again.body().path("messageId")).isEqualTo(first.body().path("messageId"));
            assertThat(phone.send(Recipient.user(bob), "four").seq()).isEqualTo(4);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bobs.texts(conversation)).containsExactly("one", "two", "three", "four");
                assertThat(bobs.positions()).containsExactly(1L, 2L, 3L, 4L);
            });
        }
    }

    @Test
    void shouldRebuildWhenTheRouterHasOnlyJustStopped() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect()) {
            // Given
            phone.send(Recipient.user(bob), "one");
            var router = stack.parts().part("router");

            // When
            router.stop();
            stack.parts().rebuildState();
            router.start();

            // Then
            assertThat(phone.send(Recipient.user(bob), "two").seq()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseToStartUntilARebuildThatWasCutOffIsDoneAgain() throws Exception {
        try (var phone = Device.of(stack.edge(0), alice, "phone").connect();
                var admin =
                        Admin.create(Map.of("bootstrap.servers", stack.parts().bootstrapServers()))) {
            // Given
            phone.send(Recipient.user(bob), "one");
            var router = stack.parts().part("router");
            router.stop();
            admin.createTopics(List.of(new NewTopic(TopicCatalogue.REBUILD, 1, (short) 1)))
                    .all()
                    .get();

            // When
            assertThatThrownBy(router::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("made again")
                    .hasMessageContaining("rebuild-state");
            stack.parts().rebuildState();
            router.start();

            // Then
            assertThat(phone.send(Recipient.user(bob), "two").seq()).isEqualTo(2);
        }
    }

    private String send(String key, String text) {
        return """
                {"clientMessageId":"%s","to":{"user":"%s"},"body":{"kind":"text","text":"%s"}}""".formatted(key, bob, text);
    }
}
