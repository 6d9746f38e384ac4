package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void shouldHoldOnlyRepeatableStatementsEachWithItsPurpose() {
        // When / Then
        assertThat(Migrations.FILES).isNotEmpty().isSorted().allSatisfy(file -> assertThat(Migrations.statements(file))
                .isNotEmpty()
                .allSatisfy(MigrationsTest::assertRepeatable));
    }

    private static void assertRepeatable(String statement) {
        assertThat(statement).doesNotContain("--");
        if (statement.startsWith("ALTER TABLE")) {
            assertThat(statement).contains(" ADD IF NOT EXISTS ");
        } else {
            assertThat(statement).startsWith("CREATE TABLE IF NOT EXISTS").contains("comment = ");
        }
    }
}
