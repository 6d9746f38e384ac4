package io.millrace.guarantees.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.history.History;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checker that never fails is no checker: every fault that is planted is reported by its name, and no other is. */
class CheckerTest {
    private static final int SEEDS = 15;

    @Test
    void shouldReportNothingWhenNothingWentWrong() {
        for (long seed = 0; seed < 4 * SEEDS; seed++) {
            // When
            var violations = Checker.check(new SoundRun(seed).evidence());

            // Then
            assertThat(violations).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Plant.class)
    void shouldReportByItsNameWhatWasPlanted(Plant plant) {
        for (long seed = 0; seed < SEEDS; seed++) {
            // Given
            var run = new SoundRun(seed);
            plant.into(run, new Random(seed));

            // When
            var violations = Checker.check(run.evidence());

            // Then
            assertThat(violations)
                    .as("%s, seed %d", plant, seed)
                    .extracting(Violation::flaw)
                    .contains(plant.flaw());
            if (plant.alone()) {
                assertThat(violations)
                        .as("%s, seed %d", plant, seed)
                        .extracting(Violation::flaw)
                        .containsOnly(plant.flaw());
            }
        }
    }

    @Test
    void shouldNeverPassAnEmptyHistory() {
        // Given
        var nothing = new Evidence(
                History.of(List.of()),
                new Committed(List.of(), List.of(), List.of()),
                new Tables(List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of());

        // When
        var violations = Checker.check(nothing);

        // Then
        assertThat(violations).isNotEmpty().allMatch(violation -> violation.flaw() == Flaw.NO_EVIDENCE);
    }

    @Test
    void shouldHavePlantedEveryFlaw() {
        // When
        var planted = Stream.of(Plant.values()).map(Plant::flaw).distinct().toList();

        // Then
        assertThat(planted).containsExactlyInAnyOrder(Flaw.values());
    }
}
