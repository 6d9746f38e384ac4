package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.driver.core.BatchStatement;
import com.datastax.driver.core.SimpleStatement;
import com.datastax.driver.core.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesTest {
    @Test
    void shouldNeverPartStatementsThatStayTogether() {
        // Given: as many as a batch takes before and behind
        var statements = new ArrayList<PartitionedStatement>();
        for (int i = 0; i < 31; i++) {
            statements.add(statement("INSERT " + i));
        }
        statements.add(statement("EDIT").with(new SimpleStatement("BODY")));
        statements.add(statement("INSERT 31"));

        // When
        var batches = Writes.batches(statements);

        // Then
        assertThat(batches).hasSize(2).allMatch(Statement::isIdempotent);
        assertThat(((BatchStatement) batches.get(0)).getStatements())
                .hasSize(33)
                .endsWith(new Statement[] {edit(statements, 0), edit(statements, 1)});
    }

    @Test
    void shouldSendAPairThatIsAloneAsOneBatch() {
        // When
        var batches = Writes.batches(List.of(statement("EDIT").with(new SimpleStatement("BODY"))));

        // Then
        assertThat(batches).singleElement().satisfies(batch -> assertThat(((BatchStatement) batch).getStatements())
                .hasSize(2));
    }

    private static Statement edit(List<PartitionedStatement> statements, int part) {
        var both = (BatchStatement) statements.get(31).statement();
        return List.copyOf(both.getStatements()).get(part);
    }

    private static PartitionedStatement statement(String text) {
        return new PartitionedStatement("messages d:a:b 0", new SimpleStatement(text).setIdempotent(true));
    }

    @ParameterizedTest
    @CsvSource({"1,100,200", "3,400,800", "6,2500,5000", "60,2500,5000"})
    void shouldBackOffWithJitterUpToABound(int attempt, long least, long most) {
        for (int i = 0; i < 100; i++) {
            // When
            long ms = Writes.backoffMs(attempt);

            // Then
            assertThat(ms).isBetween(least, most);
        }
    }
}
