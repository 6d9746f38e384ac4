package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.Hash128;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.timeline.TimelineHead;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedFileTest {
    private static final Hash128 HASH = new Hash128(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1});

    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackEveryHeadOfEveryPartition() throws Exception {
        // Given
        var file = directory.resolve("replay").resolve("verified-millrace.jsonl.gz");
        var log = new VerifiedLog(
                "millrace",
                "e1",
                Map.of(
                        "conversation-events-0",
                        new VerifiedPartition(
                                17,
                                Map.of(
                                        "d:alice:bob", new ConversationHead(7, 3, 1_000, HASH, 16),
                                        "g:trip", new ConversationHead(1, 0, 5, null, 2)),
                                Map.of()),
                        "timeline-entries-4",
                        new VerifiedPartition(
                                9, Map.of(), Map.of("bob", new TimelineHead("e1", 5, 1, 2_000, ChainHash.NONE, 8))),
                        "receipts-1",
                        new VerifiedPartition(3, Map.of(), Map.of())));

        // When
        VerifiedFile.write(log, file);

        // Then
        assertThat(VerifiedFile.read(file)).contains(log);
        assertThat(VerifiedFile.read(directory.resolve("none"))).isEmpty();
    }

    @Test
    void shouldBeginWithNothingInAPartitionThatWasNotThere() {
        // Given
        var partition = new TopicPartition("receipts", 2);
        var memory = Memory.of(new VerifiedLog("millrace", "e1", Map.of()));

        // When
        memory.keep(partition, new VerifiedPartition(4, Map.of(), Map.of()));

        // Then
        assertThat(memory.before(partition)).isEqualTo(VerifiedPartition.NONE);
        assertThat(memory.isIncrement()).isTrue();
        assertThat(memory.after("millrace", "e1").partitions()).containsOnlyKeys("receipts-2");
    }
}
