package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import io.millrace.localstack.part.StackException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody adds partitions: keys would go elsewhere and numbers would begin again there, so nothing starts. */
@Timeout(180)
final class PartitionsChangedIT {
    @TempDir
    private Path data;

    private LocalStack stack;

    @BeforeEach
    void start() throws InterruptedException {
        stack = new LocalStack(StackOptions.at(data).withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER)));
        stack.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        stack.close();
    }

    @Test
    void shouldRefuseToStartWhenASourceHasMorePartitions() throws Exception {
        // Given
        var router = stack.part("router");
        router.stop();
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            for (var source : new String[] {"inbox", "commands"}) {
                // When
                admin.createPartitions(Map.of(source, NewPartitions.increaseTo(9)))
                        .all()
                        .get();

                // Then
                assertThatThrownBy(router::start)
                        .isInstanceOf(StackException.class)
                        .hasMessageContaining("exit code 3")
                        .hasMessageContaining("topic " + source + " has 9 partitions, the epoch says 8")
                        .hasMessageContaining("runbooks/router-refuses-to-start.md");
            }
        }
        assertThatThrownBy(stack::rebuildState)
                .as("state for other partitions")
                .hasMessageContaining("has 9 partitions");
    }
}
