package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final Progress BEGUN =
            new Progress("millrace", "e1", "everything", List.of("conversations"), false, Map.of());

    @Test
    void shouldBeReadAsItWasWrittenLast(@TempDir Path directory) throws Exception {
        // Given
        var file = directory.resolve("replay").resolve("rebuild-millrace.json");
        BEGUN.at(Map.of("conversation-events-0", 5L), false).write(file);
        var last = BEGUN.at(Map.of("conversation-events-0", 50L, "receipts-1", 7L), true);

        // When
        last.write(file);

        // Then
        assertThat(Progress.read(file)).contains(last);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldBeMissingBeforeItIsWritten(@TempDir Path directory) throws Exception {
        assertThat(Progress.read(directory.resolve("rebuild-millrace.json"))).isEmpty();
    }

    @Test
    void shouldKnowAnotherRebuild() {
        assertThat(BEGUN.isOf(BEGUN.at(Map.of("receipts-1", 7L), true))).isTrue();
        assertThat(BEGUN.isOf(new Progress("millrace", "e2", "everything", List.of("conversations"), false, Map.of())))
                .isFalse();
        assertThat(BEGUN.isOf(new Progress("millrace", "e1", "everything", List.of(), false, Map.of())))
                .isFalse();
    }

    @Test
    void shouldKeepBackWhatTheStoreMayStillForget() {
        // Given
        var trails = new Trails();
        var partition = new TopicPartition("timeline-entries", 3);
        trails.begin(partition, 100);
        trails.written(partition, TimeUnit.SECONDS.toNanos(1), 200);
        trails.written(partition, TimeUnit.SECONDS.toNanos(9), 300);

        // Then
        assertThat(trails.settled(0)).containsEntry("timeline-entries-3", 100L);
        assertThat(trails.settled(TimeUnit.SECONDS.toNanos(5))).containsEntry("timeline-entries-3", 200L);
        assertThat(trails.settled(TimeUnit.SECONDS.toNanos(9))).containsEntry("timeline-entries-3", 300L);
    }

    @Test
    void shouldSayHowFarHowFastAndHowLong() {
        // Given
        var line = new ProgressLine(new PrintWriter(new StringWriter()), false, "rebuild");
        line.begin(4_000);
        line.advance(900, 1_000);

        // Then
        assertThat(line.text(Duration.ofSeconds(2))).isEqualTo("rebuild  25 %  900 records, 450/s, 6 s left");
    }
}
