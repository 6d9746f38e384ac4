package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
    @Test
    void shouldNameEachTopicOnceInKebabCase() {
        assertThat(TopicCatalogue.ALL)
                .extracting(TopicSpec::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*(\\.dlq)?"));
    }

    @Test
    void shouldKeepThePublicLogForEver() {
        assertThat(TopicCatalogue.CONVERSATION_EVENTS.settings())
                .containsEntry("retention.ms", "-1")
                .containsEntry("cleanup.policy", "delete");
        assertThat(TopicCatalogue.TIMELINE_ENTRIES.settings())
                .containsEntry("retention.ms", "-1")
                .containsEntry("cleanup.policy", "delete");
    }

    @Test
    void shouldStampWhatEdgesWriteByTheBrokersClock() {
        assertThat(TopicCatalogue.COMMANDS.settings()).containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(TopicCatalogue.USER_COMMANDS.settings()).containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(TopicCatalogue.INBOX.settings()).containsEntry("message.timestamp.type", "CreateTime");
    }

    @Test
    void shouldRememberRejectionsLongerThanTheDedupWindow() {
        assertThat(TopicCatalogue.REJECTIONS.retention())
                .hasValueSatisfying(kept -> assertThat(kept).isGreaterThan(Duration.ofHours(24)));
    }

    @Test
    void shouldCoPartitionWhatTheUsersApplicationReads() {
        // Given
        var counts = new PartitionCounts(3, 5, 7);

        // Then
        assertThat(TopicCatalogue.INBOX.partitions(counts)).isEqualTo(5);
        assertThat(TopicCatalogue.USER_COMMANDS.partitions(counts)).isEqualTo(5);
        assertThat(TopicCatalogue.TIMELINE_ENTRIES.partitions(counts)).isEqualTo(5);
        assertThat(TopicCatalogue.COMMANDS.partitions(counts)).isEqualTo(3);
        assertThat(TopicCatalogue.DELIVERIES.partitions(counts)).isEqualTo(7);
        assertThat(TopicCatalogue.EPOCHS.partitions(counts)).isEqualTo(1);
    }

    @Test
    void shouldListTheSourcesOfBothApplications() {
        assertThat(TopicCatalogue.SOURCES).hasSize(2);
        assertThat(TopicCatalogue.ALL)
                .containsAll(TopicCatalogue.SOURCES.values().stream()
                        .flatMap(java.util.Collection::stream)
                        .toList());
    }

    @Test
    void shouldRefuseNoPartitions() {
        assertThatThrownBy(() -> new PartitionCounts(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
