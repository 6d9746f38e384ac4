package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicSpec;
import io.millrace.timeline.replay.ReshardPlan.Fate;
import io.millrace.timeline.replay.ReshardPlan.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReshardPlanTest {
    private static final PartitionCounts NOW = new PartitionCounts(8, 8, 4);

    @Test
    void shouldConcernTopicsOfUsersAloneWhenOnlyTheirsChange() {
        // When
        var plan = plan(new PartitionCounts(8, 12, 4));

        // Then
        assertThat(names(plan.concerned(Fate.COPIED))).containsExactly("user-commands", "timeline-entries");
        assertThat(names(plan.concerned(Fate.EMPTIED))).containsExactly("inbox", "signals", "user-commands.dlq");
        assertThat(plan.subjects()).containsExactly("users");
    }

    @Test
    void shouldCopyEveryTopicThatOthersRelyOn() {
        // When
        var plan = plan(new PartitionCounts(12, 6, 4));

        // Then
        assertThat(names(plan.concerned(Fate.COPIED)))
                .containsExactly(
                        "commands",
                        "user-commands",
                        "conversation-events",
                        "rejections",
                        "timeline-entries",
                        "receipts",
                        "webhook-dead-letters");
        assertThat(plan.stagings()).contains("receipts.reshard").hasSize(7);
        assertThat(plan.subjects()).containsExactly("conversations", "users");
        assertThat(plan.shape(plan.concerned().get(0)).partitions()).isEqualTo(12);
    }

    @Test
    void shouldBeReadAsItWasWritten() {
        // Given
        var plan = plan(new PartitionCounts(12, 6, 4)).in(Phase.CHANGING);

        // When
        var read = ReshardJournal.plan(ReshardJournal.json(plan));

        // Then
        assertThat(read).isEqualTo(plan);
    }

    private static ReshardPlan plan(PartitionCounts to) {
        var topics = new HashMap<String, TopicShape>();
        ReshardPlan.concerned(NOW, to)
                .forEach(topic -> topics.put(
                        topic.name(),
                        new TopicShape(topic.partitions(NOW), (short) 3, Map.of("retention.ms", "604800000"))));
        return new ReshardPlan("e-1", NOW, to, Phase.COPYING, topics);
    }

    private static List<String> names(List<TopicSpec<?>> topics) {
        return topics.stream().map(TopicSpec::name).toList();
    }
}
