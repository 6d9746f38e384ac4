package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.Origin;
import io.millrace.schemas.record.SignalKind;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How messages are treated by their kind; and contacts, which decide what is a request. */
class MessageKindsTopologyTest {
    private static final String DIRECT = "d:alice:bob";

    private final TwoStages stages = new TwoStages(10);

    @AfterEach
    void close() {
        stages.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "image", "audio", "video", "file", "location", "contact", "custom", "never-heard-of", ""
            })
    void shouldNumberAndCount(String kind) {
        // When
        stages.decide(of(kind, "k1").build());

        // Then
        assertThat(stages.entries())
                .filteredOn(entry -> entry.getUser().equals("bob"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getUnread()).isEqualTo(1);
                    assertThat(entry.getTotalUnread()).isEqualTo(1);
                });
    }

    @Test
    void shouldNumberButNotCountWhatAServiceNotes() {
        // Given
        stages.decide(of("text", "k1").build());
        stages.entries();

        // When
        var note = stages.decide(of("system", "k2").setService(true).build());
        stages.decide(of("text", "k3").build());

        // Then
        assertThat(note.getSeq()).isEqualTo(2);
        assertThat(stages.entries())
                .filteredOn(entry -> entry.getUser().equals("bob"))
                .extracting(TimelineEntry::getUnread)
                .containsExactly(1L, 2L);
    }

    @Test
    void shouldTellACallToWhoIsThereAndKeepNothing() {
        // Given
        stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.EDGE_ALIVE)
                .setOrigin(new Origin("e-1", 2, null, 0L))
                .setTick(0L)
                .build());
        stages.apply(UserCommand.newBuilder()
                .setType(UserCommandType.SESSION_OPEN)
                .setUser("bob")
                .setDevice("phone")
                .setOrigin(new Origin("e-1", 2, "s-bob", 0L))
                .build());

        // When
        var call = stages.decide(of("call", "k1").build());
        var told = stages.delivered();
        var again = stages.decide(of("call", "k1").build());

        // Then
        assertThat(call.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(call.getUnchanged()).isTrue();
        assertThat(told).extracting(Delivery::getSignal).singleElement().satisfies(signal -> {
            assertThat(Objects.requireNonNull(signal).getKind()).isEqualTo(SignalKind.TRANSIENT);
            assertThat(signal.getUser()).isEqualTo("alice");
            assertThat(signal.getBody().remaining()).isPositive();
        });
        assertThat(stages.entries()).isEmpty();
        assertThat(again.getDuplicate()).isTrue();
        assertThat(stages.delivered()).isEmpty();
    }

    @Test
    void shouldTakeNobodyForAStrangerWhoIsAContact() {
        // Given
        var put = stages.apply(Commands.user(UserCommandType.SETTINGS, "bob", DIRECT, "c1")
                .setContact(true)
                .setAlias("Al")
                .build());
        stages.entries();

        // When
        stages.decide(of("text", "k1").build());

        // Then
        assertThat(put).isNotEmpty();
        assertThat(stages.entries())
                .filteredOn(entry -> entry.getUser().equals("bob"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getRequest()).isFalse();
                    assertThat(Objects.requireNonNull(entry.getSettings()).getAlias())
                            .isEqualTo("Al");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"g:nothing", "d:carol:dave", "d:bob:bob"})
    void shouldRefuseAContactThatIsNoOtherPerson(String conversation) {
        // When
        var answers = stages.apply(Commands.user(UserCommandType.SETTINGS, "bob", conversation, "c1")
                .setContact(true)
                .build());

        // Then
        assertThat(answers)
                .singleElement()
                .extracting(delivery ->
                        Objects.requireNonNull(delivery.getDecision()).getCode())
                .isIn(DecisionCode.NOT_FOUND, DecisionCode.INVALID);
    }

    private static Command.Builder of(String kind, String key) {
        return Commands.command(CommandType.SEND, "alice", DIRECT, key, kind).setBodyKind(kind);
    }
}
