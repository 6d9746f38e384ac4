package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders in which things that happen at once may be decided, and what each comes to. */
class MessageBoxRacesTopologyTest {
    private static final String DIRECT = "d:alice:bob";

    private final TwoStages stages = new TwoStages(10);
    private final List<TimelineEntry> told = new ArrayList<>();

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void shouldCountFromTheJoinWhetherTheMessageCameBeforeOrAfterIt() {
        // Given
        var create = Commands.create("alice", "g", "Trip", "bob");
        var group = create.getConversation();
        stages.decide(create);

        // When
        stages.decide(Commands.send("alice", group, "k1", "before"));
        stages.decide(Commands.members(CommandType.ADD_MEMBERS, "alice", group, "k2", "carol"));
        stages.decide(Commands.send("alice", group, "k3", "after"));

        // Then
        assertThat(last("carol", group).getUnread()).isEqualTo(1);
        assertThat(last("bob", group).getUnread()).isEqualTo(2);
    }

    @Test
    void shouldLeaveUnreadWhatArrivedWhileAnEarlierOneWasRead() {
        // Given
        stages.decide(Commands.send("bob", DIRECT, "k1", "one"));
        stages.decide(Commands.send("bob", DIRECT, "k2", "two"));

        // When: another device had seen the first one only
        stages.apply(Commands.user(UserCommandType.READ, "alice", DIRECT, "r1")
                .setSeq(1L)
                .build());
        stages.apply(Commands.user(UserCommandType.READ, "alice", DIRECT, "r2")
                .setSeq(1L)
                .build());

        // Then
        assertThat(last("alice", DIRECT).getUnread()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnEditAfterTheRecallAndTakeARecallAfterTheEdit() {
        // Given
        stages.decide(Commands.send("bob", DIRECT, "k1", "one"));
        stages.decide(Commands.send("bob", DIRECT, "k2", "two"));

        // When
        stages.decide(Commands.about(CommandType.RECALL, "bob", DIRECT, "k3", 1));
        var late = stages.decide(Commands.about(CommandType.EDIT, "bob", DIRECT, "k4", 1));
        stages.decide(Commands.about(CommandType.EDIT, "bob", DIRECT, "k5", 2));
        var recall = stages.decide(Commands.about(CommandType.RECALL, "bob", DIRECT, "k6", 2));

        // Then
        assertThat(late.getCode()).isEqualTo(DecisionCode.INVALID);
        assertThat(recall.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(last("alice", DIRECT).getUnread()).isZero();
    }

    @Test
    void shouldEndTheTimeOfEditsAndRecallsForAuthorsButNotForAdmins() {
        // Given
        var create = Commands.create("alice", "g", "Trip", "bob");
        var group = create.getConversation();
        stages.decide(create);
        stages.decide(Commands.send("bob", group, "k1", "one"));
        stages.decide(Commands.send("bob", group, "k2", "two"));
        stages.later(Duration.ofHours(23));
        var inTime = stages.decide(Commands.about(CommandType.EDIT, "bob", group, "k3", 1));

        // When
        stages.later(Duration.ofHours(2));

        // Then
        assertThat(inTime.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(stages.decide(Commands.about(CommandType.EDIT, "bob", group, "k4", 1))
                        .getCode())
                .isEqualTo(DecisionCode.FORBIDDEN);
        assertThat(stages.decide(Commands.about(CommandType.RECALL, "bob", group, "k5", 1))
                        .getCode())
                .isEqualTo(DecisionCode.FORBIDDEN);
        assertThat(stages.decide(Commands.about(CommandType.RECALL, "alice", group, "k6", 1))
                        .getCode())
                .isEqualTo(DecisionCode.POSTED);
    }

    @Test
    void shouldNotCountTwiceWhatIsDeletedAndRecalled() {
        // Given
        stages.decide(Commands.send("bob", DIRECT, "k1", "one"));
        stages.decide(Commands.send("bob", DIRECT, "k2", "two"));

        // When
        stages.apply(Commands.user(UserCommandType.DELETE, "alice", DIRECT, "u1")
                .setSeq(1L)
                .build());
        stages.decide(Commands.about(CommandType.RECALL, "bob", DIRECT, "k3", 1));
        stages.apply(Commands.user(UserCommandType.DELETE, "alice", DIRECT, "u2")
                .setSeq(1L)
                .build());

        // Then
        assertThat(last("alice", DIRECT).getUnread()).isEqualTo(1);
    }

    @Test
    void shouldHideInGroupsWhomTheUserHasBlockedFromThatMomentOn() {
        // Given
        var create = Commands.create("alice", "g", "Trip", "bob", "carol");
        var group = create.getConversation();
        stages.decide(create);
        stages.decide(Commands.send("bob", group, "k1", "before"));

        // When
        stages.decide(
                Commands.command(CommandType.BLOCK, "alice", DIRECT, "k2", "").build());
        stages.decide(Commands.send("bob", group, "k3", "while blocked"));
        var entries = stages.entries();
        stages.decide(
                Commands.command(CommandType.UNBLOCK, "alice", DIRECT, "k4", "").build());
        stages.decide(Commands.send("bob", group, "k5", "after"));

        // Then
        assertThat(last(entries, "alice", group).getHidden()).isTrue();
        assertThat(last(entries, "alice", group).getUnread()).isEqualTo(1);
        assertThat(last(entries, "carol", group).getHidden()).isFalse();
        assertThat(last(entries, "carol", group).getUnread()).isEqualTo(2);
        assertThat(last("alice", group).getUnread()).isEqualTo(2);
    }

    @Test
    void shouldBringAHiddenConversationBackWithTheNextMessageAndKeepItsOtherSettings() {
        // Given
        stages.decide(Commands.send("bob", DIRECT, "k1", "one"));
        stages.apply(Commands.user(UserCommandType.SETTINGS, "alice", DIRECT, "u1")
                .setHidden(true)
                .setMuted(true)
                .build());

        // When
        stages.decide(Commands.send("bob", DIRECT, "k2", "two"));

        // Then
        var entry = last("alice", DIRECT);
        assertThat(entry.getSettings().getHidden()).isFalse();
        assertThat(entry.getSettings().getMuted()).isTrue();
        assertThat(entry.getUnread()).isEqualTo(2);
        assertThat(entry.getTotalUnread()).isZero();
    }

    @Test
    void shouldTellTheOthersOnceWhatWasDeliveredAndRead() {
        // Given
        open("alice", "s-a");
        open("bob", "s-b");
        stages.decide(Commands.send("alice", DIRECT, "k1", "one"));
        stages.decide(Commands.send("alice", DIRECT, "k2", "two"));

        // When
        var first = signals(stages.apply(cursor("bob", "s-b", 1)));
        var again = signals(stages.apply(cursor("bob", "s-b", 1)));
        var second = signals(stages.apply(cursor("bob", "s-b", 2)));
        var read = signals(stages.apply(Commands.user(UserCommandType.READ, "bob", DIRECT, "r")
                .setSeq(2L)
                .build()));

        // Then
        assertThat(first).extracting(Signal::getDelivered).containsExactly(1L);
        assertThat(again).isEmpty();
        assertThat(second).extracting(Signal::getDelivered).containsExactly(2L);
        assertThat(read).extracting(Signal::getRead).containsExactly(2L);
        assertThat(read).extracting(Signal::getUser).containsExactly("bob");
    }

    @Test
    void shouldSayDeliveredAndReadInEachReceipt() {
        // Given
        open("bob", "s-b");
        for (int i = 1; i <= 4; i++) {
            stages.decide(Commands.send("alice", DIRECT, "k" + i, "text"));
        }

        // When
        stages.apply(cursor("bob", "s-b", 1));
        stages.apply(read("bob", DIRECT, 1));
        stages.apply(cursor("bob", "s-b", 4));
        stages.apply(read("bob", DIRECT, 3));

        // Then
        assertThat(stages.receipts())
                .extracting(Receipt::getDelivered, Receipt::getRead)
                .containsExactly(tuple(1L, 0L), tuple(1L, 1L), tuple(4L, 1L), tuple(4L, 3L));
    }

    @Test
    void shouldTakeWhatIsReadForDeliveredAndTellItOnce() {
        // Given
        open("bob", "s-b");
        for (int i = 1; i <= 4; i++) {
            stages.decide(Commands.send("alice", DIRECT, "k" + i, "text"));
        }

        // When: read before the device tells what it has
        stages.apply(read("bob", DIRECT, 3));
        stages.apply(cursor("bob", "s-b", 1));
        stages.apply(cursor("bob", "s-b", 3));
        stages.apply(cursor("bob", "s-b", 4));

        // Then
        assertThat(stages.receipts())
                .extracting(Receipt::getDelivered, Receipt::getRead)
                .containsExactly(tuple(3L, 3L), tuple(4L, 3L));

        // When: all is read, and more comes
        stages.decide(Commands.send("alice", DIRECT, "k5", "text"));
        stages.apply(read("bob", DIRECT, 5));
        stages.apply(cursor("bob", "s-b", 6));
        stages.decide(Commands.send("alice", DIRECT, "k6", "text"));
        stages.apply(cursor("bob", "s-b", 8));

        // Then
        assertThat(stages.receipts())
                .extracting(Receipt::getDelivered, Receipt::getRead)
                .containsExactly(tuple(3L, 3L), tuple(4L, 3L), tuple(5L, 5L), tuple(6L, 5L));
    }

    @Test
    void shouldTellWithTheNextReceiptWhatWasReadBySending() {
        // Given
        open("bob", "s-b");
        stages.decide(Commands.send("alice", DIRECT, "k1", "one"));

        // When
        stages.decide(Commands.send("bob", DIRECT, "k2", "two"));
        stages.apply(cursor("bob", "s-b", 2));

        // Then
        assertThat(stages.receipts())
                .extracting(Receipt::getUser, Receipt::getDelivered, Receipt::getRead)
                .containsExactly(tuple("bob", 2L, 2L));
    }

    @Test
    void shouldLeaveDeliveredUnsaidWhenItIsNotRememberedAnyMore() {
        // Given
        open("bob", "s-b");
        stages.decide(Commands.send("alice", DIRECT, "k1", "one"));
        stages.decide(Commands.send("alice", DIRECT, "k2", "two"));
        stages.apply(cursor("bob", "s-b", 2));
        for (int i = 1; i <= 32; i++) {
            stages.decide(Commands.send("writer-" + i, "d:bob:writer-" + i, "k", "text"));
        }

        // When
        stages.apply(read("bob", DIRECT, 1));

        // Then
        assertThat(stages.receipts())
                .extracting(Receipt::getDelivered, Receipt::getRead)
                .containsExactly(tuple(2L, 0L), tuple(0L, 1L));
    }

    private static UserCommand read(String user, String conversation, long seq) {
        return Commands.user(UserCommandType.READ, user, conversation, "read-" + seq)
                .setSeq(seq)
                .build();
    }

    @Test
    void shouldTellTypingToTheOthersAndNotToTheBlocked() {
        // Given
        open("alice", "s-a");
        open("bob", "s-b");
        stages.decide(Commands.send("alice", DIRECT, "k1", "one"));
        stages.delivered();

        // When
        stages.type("bob", DIRECT);
        var before = signals(stages.delivered());
        stages.decide(
                Commands.command(CommandType.BLOCK, "alice", DIRECT, "k2", "").build());
        stages.delivered();
        stages.type("bob", DIRECT);
        stages.type("mallory", DIRECT);

        // Then
        assertThat(before).extracting(Signal::getKind).containsExactly(SignalKind.TYPING);
        assertThat(signals(stages.delivered())).isEmpty();
    }

    private void open(String user, String session) {
        stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.EDGE_ALIVE)
                .setOrigin(new Origin("e-1", 1, null, 0L))
                .setTick(0L)
                .build());
        stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.SESSION_OPEN)
                .setUser(user)
                .setDevice("phone")
                .setOrigin(new Origin("e-1", 1, session, 0L))
                .build());
    }

    private static UserCommand cursor(String user, String session, long stored) {
        return UserCommand.newBuilder()
                .setType(UserCommandType.CURSOR)
                .setUser(user)
                .setDevice("phone")
                .setOrigin(new Origin("e-1", 1, session, 0L))
                .setStored(stored)
                .build();
    }

    private static List<Signal> signals(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.getKind() == DeliveryKind.SIGNAL)
                .map(delivery -> Objects.requireNonNull(delivery.getSignal()))
                .toList();
    }

    private TimelineEntry last(String user, String conversation) {
        told.addAll(stages.entries());
        return last(told, user, conversation);
    }

    private static TimelineEntry last(List<TimelineEntry> entries, String user, String conversation) {
        return entries.stream()
                .filter(e -> e.getUser().equals(user) && e.getConversation().equals(conversation))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
