package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.conversation.ConversationSettings;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.Shadow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Names of nodes, stores and topics are a compatibility contract: a change of these files needs a plan for live state. */
class GoldenTopologyTest {
    private final RecordSerdes serdes = RecordSerdes.on(new InMemoryRegistry());

    @Test
    void shouldKeepTheShapeOfTheFirstStage() throws IOException {
        compare(
                "conversations",
                new ConversationsTopology(serdes, 8, ConversationSettings.of(500, Duration.ofHours(24))).get());
    }

    @Test
    void shouldKeepTheShapeOfTheSecondStage() throws IOException {
        compare("users", new UsersTopology(serdes, "e1", Duration.ofSeconds(30)).get());
    }

    /** Nothing but its own topics, and as sources the two that users write to by their edges. */
    @Test
    void shouldKeepTheShapeOfAShadow() throws IOException {
        var names = LogNames.of(new Shadow("golden"));
        compare(
                "shadow-conversations",
                new ConversationsTopology(serdes, 8, ConversationSettings.of(500, Duration.ofHours(24)), names).get());
        compare("shadow-users", new UsersTopology(serdes, "e1", Duration.ofSeconds(30), names).get());
    }

    private static void compare(String name, Topology topology) throws IOException {
        var golden = Path.of("src/test/resources/topology", name + ".txt");
        var described = topology.describe().toString();
        if (Boolean.getBoolean("millrace.golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, described);
            return;
        }
        assertThat(described).doesNotContain("KSTREAM-", "KTABLE-").isEqualTo(Files.readString(golden));
    }
}
