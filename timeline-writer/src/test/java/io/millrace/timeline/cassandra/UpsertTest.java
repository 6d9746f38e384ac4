package io.millrace.timeline.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UpsertTest {
    @Test
    void shouldKnowEveryStatementThatWritesAndEveryTable() {
        // Given
        var written = new TreeSet<String>();
        Preparing preparing = cql -> {
            written.add(Upsert.of(cql).table().name());
            return new OfflinePreparing().prepare(cql);
        };

        // When
        new LogWrites(preparing, OfflinePreparing.tables(), Clock.systemUTC());

        // Then
        assertThat(written).containsExactlyInAnyOrderElementsOf(TableShape.all().keySet());
    }

    @Test
    void shouldReadElementsAndLiterals() {
        // When
        var reaction = Upsert.of("UPDATE k.messages_by_conversation USING TIMESTAMP :stamp SET reactions[:r] = :v"
                + " WHERE conversation = :conversation AND bucket = :bucket AND seq = :seq");
        var exception = Upsert.of("INSERT INTO $.exceptions_by_user (user, conversation, seq, deleted)"
                + " VALUES (:user, :conversation, :seq, true) USING TIMESTAMP :stamp");

        // Then
        assertThat(reaction.sets()).containsExactly(new Upsert.Assigned("reactions", "r", ":v"));
        assertThat(reaction.keys()).containsOnlyKeys("conversation", "bucket", "seq");
        assertThat(exception.sets()).containsExactly(new Upsert.Assigned("deleted", null, "true"));
        assertThat(exception.keys()).containsOnlyKeys("user", "conversation", "seq");
    }

    @Test
    void shouldRefuseAStatementOfAnotherForm() {
        assertThatThrownBy(() -> Upsert.of("DELETE FROM k.conversations WHERE conversation = :c"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
