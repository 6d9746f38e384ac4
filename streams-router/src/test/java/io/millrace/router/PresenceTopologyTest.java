package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told who is there. */
class PresenceTopologyTest {
    private static final String DIRECT = "d:alice:bob";

    private final TwoStages stages = new TwoStages(10);
    private long tick;

    @BeforeEach
    void begin() {
        alive();
        stages.decide(Commands.send("alice", DIRECT, "k1", "hello"));
        open("alice", "s-alice");
    }

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void shouldAnswerWhoeverAsksAndTellOfChanges() {
        // When
        var asked = ask("alice", "s-alice", DIRECT);
        var came = presence(open("bob", "s-bob"));

        // Then
        assertThat(asked).singleElement().satisfies(signal -> {
            assertThat(signal.getUser()).isEqualTo("bob");
            assertThat(signal.getOnline()).isFalse();
            assertThat(signal.getSince()).isNull();
        });
        assertThat(came).singleElement().satisfies(signal -> {
            assertThat(signal.getOnline()).isTrue();
            assertThat(signal.getSince()).isNotNull();
        });
    }

    @Test
    void shouldNotTellOfANetworkThatComesAndGoes() {
        // Given
        open("bob", "s-bob");
        ask("alice", "s-alice", DIRECT);

        // When
        var left = presence(shut("bob", "s-bob"));
        stages.later(Duration.ofSeconds(20));
        var waiting = presence(alive());
        var back = presence(open("bob", "s-bob-2"));
        stages.later(Duration.ofSeconds(20));

        // Then
        assertThat(left).isEmpty();
        assertThat(waiting).isEmpty();
        assertThat(back).isEmpty();
        assertThat(presence(alive())).isEmpty();
    }

    @Test
    void shouldTellWhoHasBeenAwayForLongEnoughAndSinceWhen() {
        // Given
        open("bob", "s-bob");
        var online = ask("alice", "s-alice", DIRECT);
        shut("bob", "s-bob");
        stages.later(Duration.ofSeconds(31));

        // When
        var told = presence(alive());

        // Then
        assertThat(online).singleElement().extracting(Signal::getOnline).isEqualTo(true);
        assertThat(told).singleElement().satisfies(signal -> {
            assertThat(signal.getOnline()).isFalse();
            assertThat(Duration.between(Objects.requireNonNull(signal.getSince()), signal.getAt()))
                    .isGreaterThan(Duration.ofSeconds(30));
        });
        assertThat(presence(alive())).isEmpty();
    }

    @Test
    void shouldTellNothingToWhoSharesNoConversationOrIsBlocked() {
        // Given
        open("bob", "s-bob");
        open("eve", "s-eve");

        // When
        var stranger = ask("eve", "s-eve", DIRECT);
        stages.decide(Commands.command(CommandType.BLOCK, "bob", DIRECT, "b1", "block")
                .build());
        var blocked = ask("alice", "s-alice", DIRECT);

        // Then
        assertThat(stranger).isEmpty();
        assertThat(blocked).isEmpty();
    }

    @Test
    void shouldPassForOfflineWhoeverIsInvisible() {
        // Given
        open("bob", "s-bob");
        ask("alice", "s-alice", DIRECT);

        // When
        var hidden = presence(invisible(true));
        var asked = ask("alice", "s-alice", DIRECT);
        var shown = presence(invisible(false));

        // Then
        for (var told : List.of(hidden, asked)) {
            assertThat(told).singleElement().satisfies(signal -> {
                assertThat(signal.getOnline()).isFalse();
                assertThat(signal.getSince()).isNull();
            });
        }
        assertThat(shown).singleElement().extracting(Signal::getOnline).isEqualTo(true);
    }

    @Test
    void shouldTellNobodyWhoAskedTooLongAgo() {
        // Given
        ask("alice", "s-alice", DIRECT);
        stages.later(Duration.ofMinutes(6));
        alive();

        // Then
        assertThat(presence(open("bob", "s-bob"))).isEmpty();
    }

    @Test
    void shouldAnswerForEveryMemberOfAGroupButTheOneWhoAsks() {
        // Given
        var create = Commands.create("alice", "g", "Trip", "bob", "carol");
        stages.decide(create);
        open("carol", "s-carol");

        // When
        var told = ask("alice", "s-alice", create.getConversation());

        // Then
        assertThat(told).extracting(Signal::getUser).containsExactlyInAnyOrder("bob", "carol");
        assertThat(told)
                .filteredOn(Signal::getOnline)
                .extracting(Signal::getUser)
                .containsExactly("carol");
    }

    @Test
    void shouldTakeTheSessionsOfADeadEdgeForGone() {
        // Given
        open("bob", "s-bob");
        ask("alice", "s-alice", DIRECT);

        // When
        var gone = UserCommand.newBuilder()
                .setType(UserCommandType.EDGE_GONE)
                .setOrigin(new Origin("e-1", 2, null, 0L))
                .build();
        stages.apply(gone);
        stages.later(Duration.ofSeconds(31));
        var told = presence(stages.apply(edge("e-2", 0)));

        // Then
        assertThat(told).singleElement().extracting(Signal::getOnline).isEqualTo(false);
    }

    private List<Delivery> open(String user, String session) {
        return stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.SESSION_OPEN)
                .setUser(user)
                .setDevice("device of " + session)
                .setOrigin(new Origin("e-1", 2, session, 0L))
                .build());
    }

    private List<Delivery> shut(String user, String session) {
        return stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.SESSION_CLOSE)
                .setUser(user)
                .setOrigin(new Origin("e-1", 2, session, 0L))
                .build());
    }

    private List<Delivery> alive() {
        return stages.apply(edge("e-1", tick++));
    }

    private static UserCommand edge(String edge, long tick) {
        return UserCommand.newBuilder()
                .setType(UserCommandType.EDGE_ALIVE)
                .setOrigin(new Origin(edge, 2, null, 0L))
                .setTick(tick)
                .build();
    }

    private List<Delivery> invisible(boolean invisible) {
        return stages.apply(Commands.user(UserCommandType.SETTINGS, "bob", "d:bob:bob", "i" + invisible)
                .setInvisible(invisible)
                .build());
    }

    private List<Signal> ask(String user, String session, String conversation) {
        return presence(
                stages.askPresence(Commands.command(CommandType.ASK_PRESENCE, user, conversation, "presence", "")
                        .setOrigin(new Origin("e-1", 2, session, 0L))
                        .build()));
    }

    private static List<Signal> presence(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(Delivery::getSignal)
                .filter(signal -> signal != null && signal.getKind() == SignalKind.PRESENCE)
                .toList();
    }
}
