package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.millrace.client.outbox.Recipient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.SharedStack;
import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.topic.TopicCatalogue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other rules on the live input: what they would decide otherwise is named, users notice nothing, and nothing is left. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ShadowIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ReplayCommand replay;

    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String carol = Names.user("carol");
    private final String direct = Names.direct(alice, bob);

    @BeforeAll
    static void find() {
        stack = SharedStack.running().parts();
        replay = new ReplayCommand(stack, directory);
    }

    @Test
    void shouldNameWhatOtherRulesDecideOtherwiseAndLeaveNothingBehind() throws Exception {
        try (var phone = Device.of(stack.edgeUrl(1), alice, "phone").connect();
                var bobs = Device.of(stack.edgeUrl(2), bob, "phone").connect()) {
            // Given
            var said = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                say(said, phone, "before " + i); // some of them the shadows take over, the others they decide
            }
            String group;
            try (var same = new ShadowRouter(stack, "same", 500, directory);
                    var strict = new ShadowRouter(stack, "strict", 2, directory)) {
                same.awaitReady();
                strict.awaitReady();
                say(said, phone, "one");
                group = phone.client().createGroup("Trip", List.of(bob, carol)).get(30, TimeUnit.SECONDS);
                phone.send(Recipient.conversation(group), "to all");
                var stranger = RawHttp.of(stack.edgeUrl(1), Names.user("eve"))
                        .post("/v1/messages", """
                                {"clientMessageId":"%s","to":{"conversation":"%s"},"body":{"kind":"text","text":"hm"}}""".formatted(Names.key(), group));
                assertThat(stranger.status()).isGreaterThanOrEqualTo(400);
                bobs.send(Recipient.user(alice), "two");
                said.add("two");

                // When
                var equal = replay.run("shadow", "compare", "same");
                var different = replay.run("shadow", "compare", "strict");
                var listed = replay.run("shadow", "list");
                var refused = replay.run("shadow", "drop", "strict");

                // Then
                assertThat(equal.exitCode()).as(equal.toString()).isZero();
                assertThat(equal.output()).contains("equal: ");
                assertThat(different.exitCode()).as(different.toString()).isEqualTo(1);
                assertThat(different.output())
                        .contains("conversation=" + group, "live    posted MEMBERS, version 1")
                        .contains("shadow  rejected INVALID", "shadow  rejected NOT_FOUND", "DIFFERENT: ")
                        .contains("timeline entries of events that one side alone has")
                        .doesNotContain(direct, "to all");
                assertThat(listed.output()).contains("same  from ", "strict  from ", "runs");
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.errors()).contains("stop it first");
            }
            say(said, phone, "while it is away");
            try (var again = new ShadowRouter(stack, "same", 500, directory)) {
                again.awaitReady();
                say(said, phone, "three");
                var equal = replay.run("shadow", "compare", "same");
                assertThat(equal.exitCode()).as(equal.toString()).isZero();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bobs.texts(direct)).isEqualTo(said));
            assertThat(bobs.texts(group)).containsExactly("to all");
            assertThat(bobs.positions())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, bobs.positions().size())
                                    .boxed()
                                    .toList());
        }

        // When
        var dropped = new ArrayList<ReplayCommand.Answer>();
        for (var name : List.of("same", "strict")) {
            dropped.add(replay.run("shadow", "drop", name, "--by", "olga", "--reason", "seen"));
        }

        // Then
        assertThat(dropped)
                .allSatisfy(answer ->
                        assertThat(answer.exitCode()).as(answer.toString()).isZero());
        assertThat(named()).noneMatch(name -> name.startsWith("shadow-"));
        assertThat(LoggedEvents.records(stack, TopicCatalogue.AUDIT))
                .filteredOn(act -> act.value().getAct() == ActKind.SHADOW_DROPPED)
                .extracting(act -> act.value().getSubject(), act -> act.value().getBy())
                .contains(tuple("shadow-same-", "olga"), tuple("shadow-strict-", "olga"));
    }

    private void say(List<String> said, Device phone, String text) {
        phone.send(Recipient.user(bob), text);
        said.add(text);
    }

    /** Topics, groups, and subjects of the registry. */
    private static List<String> named() throws Exception {
        var named = new ArrayList<String>();
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            named.addAll(admin.listTopics().names().get());
            admin.listGroups().all().get().stream().map(GroupListing::groupId).forEach(named::add);
        }
        var subjects = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(subjects.statusCode()).isEqualTo(200);
        named.addAll(List.of(subjects.body().replaceAll("[\\[\\]\"\\s]", "").split(",")));
        assertThat(named).contains("commands", "users", "commands-value");
        return named;
    }
}
