package io.millrace.guarantees.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.check.Liveness.Delivery;
import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.History;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final String DIRECT = "d:alice:bob";

    @Test
    void shouldNameACommandThatNobodyDecided() {
        // When
        var delays = Liveness.undecided(History.of(List.of(send(1, "k1"), send(2, "k2"), posted(2))));

        // Then
        assertThat(delays).singleElement().asString().contains("alice/phone", "k1");
    }

    @Test
    void shouldBeContentWhenTheSameCommandWasDecidedLater() {
        // Given
        var crashed = new Line.Ended(1, Outcome.UNKNOWN, DIRECT, null, null, null, false, "crashed", 5);

        // When
        var delays = Liveness.undecided(History.of(List.of(send(1, "k1"), crashed, send(2, "k1"), posted(2))));

        // Then
        assertThat(delays).isEmpty();
    }

    @Test
    void shouldMeasureFromTheFirstTransmissionToEveryDeviceOfOthers() {
        // Given
        var told = new Line.Delivered("bob", "pad", 1, DIRECT, 1L, "message", 1L, "M2", "alice", null, "h", 1L, 1L, 90);
        var own = new Line.Delivered(
                "alice", "phone", 1, DIRECT, 1L, "message", 1L, "M2", "alice", "k1", "h", 0L, 0L, 80);

        // When
        var deliveries = Liveness.deliveries(History.of(List.of(send(2, "k1"), posted(2), told, own)));

        // Then
        assertThat(deliveries).containsExactly(new Delivery(20, 70));
    }

    private static Line send(long op, String key) {
        return new Line.Invoked(op, Action.SEND, "alice", "phone", DIRECT, key, "h", null, List.of(), op * 10);
    }

    private static Line posted(long op) {
        return new Line.Ended(op, Outcome.OK, DIRECT, 1L, 1L, "M" + op, false, null, op * 10 + 5);
    }
}
