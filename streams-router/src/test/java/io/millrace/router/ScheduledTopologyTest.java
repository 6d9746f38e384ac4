package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that wait for their time, and messages that end. */
class ScheduledTopologyTest {
    private static final String DIRECT = "d:alice:bob";
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TwoStages stages = new TwoStages(10);

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void shouldPostAtItsTimeAndTellTheAuthorAloneBefore() {
        // Given
        var waits = stages.decide(later("alice", DIRECT, "k1", HOUR));
        var before = stages.entries();

        // When
        stages.later(HOUR.plusSeconds(1));
        var after = stages.entries();

        // Then
        assertThat(waits.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(waits.getScheduled()).isTrue();
        assertThat(waits.getSeq()).isNull();
        assertThat(before).extracting(TimelineEntry::getUser).containsExactly("alice");
        assertThat(before).extracting(TimelineEntry::getKind).containsExactly(EventKind.SCHEDULED);
        assertThat(after).extracting(TimelineEntry::getUser).containsExactly("alice", "bob");
        assertThat(after).allSatisfy(entry -> {
            assertThat(entry.getKind()).isEqualTo(EventKind.MESSAGE);
            assertThat(entry.getSeq()).isEqualTo(1);
        });
        assertThat(after.get(0).getClientMessageId()).isEqualTo("k1");
        assertThat(after.get(1).getUnread()).isEqualTo(1);
    }

    @Test
    void shouldAnswerARetryBeforeAndAfterItsTime() {
        // Given
        stages.decide(later("alice", DIRECT, "k1", HOUR));

        // When
        var before = stages.decide(later("alice", DIRECT, "k1", HOUR));
        stages.later(HOUR.plusSeconds(1));
        var after = stages.decide(later("alice", DIRECT, "k1", HOUR));

        // Then
        assertThat(before.getDuplicate()).isTrue();
        assertThat(before.getScheduled()).isTrue();
        assertThat(after.getDuplicate()).isTrue();
        assertThat(after.getScheduled()).isFalse();
        assertThat(after.getSeq()).isEqualTo(1);
    }

    @Test
    void shouldNotPostWhatWasTakenBackInTime() {
        // Given
        long version = Objects.requireNonNull(
                stages.decide(later("alice", DIRECT, "k1", HOUR)).getVersion());
        stages.entries();

        // When
        var taken = stages.decide(unschedule("alice", DIRECT, "k2", version));
        var again = stages.decide(unschedule("alice", DIRECT, "k3", version));
        stages.later(HOUR.plusSeconds(1));

        // Then
        assertThat(taken.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(again.getCode()).isEqualTo(DecisionCode.INVALID);
        assertThat(stages.entries()).extracting(TimelineEntry::getKind).containsExactly(EventKind.UNSCHEDULED);
    }

    @Test
    void shouldTakeBackNothingThatIsPostedAlready() {
        // Given
        long version = Objects.requireNonNull(
                stages.decide(later("alice", DIRECT, "k1", HOUR)).getVersion());
        stages.later(HOUR.plusSeconds(1));

        // When
        var late = stages.decide(unschedule("alice", DIRECT, "k2", version));

        // Then
        assertThat(late.getCode()).isEqualTo(DecisionCode.INVALID);
    }

    @Test
    void shouldDecideByTheRulesOfTheMomentWhenItIsDue() {
        // Given
        stages.decide(later("alice", DIRECT, "k1", HOUR));
        stages.decide(Commands.command(CommandType.BLOCK, "bob", DIRECT, "b1", "block")
                .build());
        stages.entries();

        // When
        stages.later(HOUR.plusSeconds(1));
        var over = stages.entries();

        // Then
        assertThat(over).extracting(TimelineEntry::getUser).containsExactly("alice");
        assertThat(over).extracting(TimelineEntry::getKind).containsExactly(EventKind.UNSCHEDULED);
    }

    @Test
    void shouldTellNobodyWhenItsAuthorIsNoMemberAnyMore() {
        // Given
        var create = Commands.create("alice", "g", "Trip", "bob");
        var group = create.getConversation();
        stages.decide(create);
        stages.decide(later("bob", group, "k1", HOUR));
        stages.decide(Commands.members(CommandType.REMOVE_MEMBER, "alice", group, "k2", "bob"));
        stages.entries();

        // When
        stages.later(HOUR.plusSeconds(1));

        // Then
        assertThat(stages.entries()).isEmpty();
    }

    @Test
    void shouldPostAtOnceWhatIsDueAlready() {
        // When
        var decision = stages.decide(later("alice", DIRECT, "k1", Duration.ofHours(-1)));

        // Then
        assertThat(decision.getScheduled()).isFalse();
        assertThat(decision.getSeq()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnEndToHowManyWaitAndHowLong() {
        // Given
        for (int i = 0; i < 100; i++) {
            stages.decide(later("alice", DIRECT, "k" + i, HOUR));
        }

        // When
        var more = stages.decide(later("alice", DIRECT, "more", HOUR));
        var others = stages.decide(later("bob", DIRECT, "k1", HOUR));
        var far = stages.decide(later("bob", DIRECT, "far", Duration.ofDays(367)));

        // Then
        assertThat(more.getCode()).isEqualTo(DecisionCode.INVALID);
        assertThat(others.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(far.getCode()).isEqualTo(DecisionCode.INVALID);
    }

    @Test
    void shouldPostInOrderOfTime() {
        // Given
        stages.decide(later("alice", DIRECT, "last", Duration.ofMinutes(30)));
        stages.decide(later("bob", DIRECT, "first", Duration.ofMinutes(10)));
        stages.decide(later("alice", DIRECT, "second", Duration.ofMinutes(20)));
        stages.entries();

        // When
        stages.later(HOUR);
        var own = stages.entries().stream()
                .filter(entry -> entry.getClientMessageId() != null)
                .toList();

        // Then
        assertThat(own).extracting(TimelineEntry::getClientMessageId).containsExactly("first", "second", "last");
        assertThat(own).extracting(TimelineEntry::getSeq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldRefuseToEditOrReactToWhatHasExpired() {
        // Given
        stages.decide(Commands.command(CommandType.SEND, "alice", DIRECT, "k1", "for a while")
                .setExpiresAt(START.plus(HOUR))
                .build());
        var inTime = stages.decide(Commands.about(CommandType.REACT, "bob", DIRECT, "k2", 1));

        // When
        stages.later(HOUR.plusSeconds(1));

        // Then
        assertThat(inTime.getCode()).isEqualTo(DecisionCode.POSTED);
        for (var type : List.of(CommandType.EDIT, CommandType.REACT)) {
            assertThat(stages.decide(Commands.about(type, "alice", DIRECT, "late " + type, 1))
                            .getCode())
                    .isEqualTo(DecisionCode.INVALID);
        }
        assertThat(stages.decide(Commands.about(CommandType.RECALL, "alice", DIRECT, "k3", 1))
                        .getCode())
                .isEqualTo(DecisionCode.POSTED);
    }

    @Test
    void shouldNotPostWhatExpiredBeforeItCouldBePosted() {
        // Given
        stages.decide(Commands.command(CommandType.SEND, "alice", DIRECT, "k1", "late")
                .setSendAt(START.plus(HOUR))
                .setExpiresAt(START.plus(HOUR).plusSeconds(10))
                .build());
        stages.entries();

        // When: nobody looked at the clock in time
        stages.later(HOUR.multipliedBy(2));

        // Then
        assertThat(stages.entries()).extracting(TimelineEntry::getKind).containsExactly(EventKind.UNSCHEDULED);
    }

    private static Command later(String user, String conversation, String key, Duration in) {
        return Commands.command(CommandType.SEND, user, conversation, key, "later")
                .setBodyKind("text")
                .setSendAt(START.plus(in))
                .build();
    }

    private static Command unschedule(String user, String conversation, String key, long version) {
        return Commands.command(CommandType.UNSCHEDULE, user, conversation, key, "unschedule")
                .setTargetVersion(version)
                .build();
    }
}
