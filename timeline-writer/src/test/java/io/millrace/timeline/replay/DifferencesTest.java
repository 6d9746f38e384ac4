package io.millrace.timeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.timeline.cassandra.PartitionName;
import io.millrace.timeline.cassandra.TableShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void shouldKeepTheFirstByNameAndCountTheRestWhenThereAreMany() {
        // Given
        var differences = new Differences(3);
        var all = new ArrayList<Difference>();
        for (int i = 0; i < 1000; i++) {
            all.add(of("contacts_by_user", "user-%04d".formatted(i), "bob"));
        }
        Collections.shuffle(all, new Random(7));

        // When
        differences.add(all);
        differences.add(List.of(of("mutes_by_conversation", "g:1", "bob")));

        // Then
        assertThat(differences.count()).isEqualTo(1001);
        assertThat(differences.count("contacts_by_user")).isEqualTo(1000);
        assertThat(differences.count("mutes_by_conversation")).isEqualTo(1);
        assertThat(differences.count("conversations")).isZero();
        assertThat(differences.first())
                .extracting(Difference::name)
                .containsExactly(
                        "contacts_by_user user=user-0000 other=bob",
                        "contacts_by_user user=user-0001 other=bob",
                        "contacts_by_user user=user-0002 other=bob");
    }

    @Test
    void shouldCountAllTheSameWhenNoneIsToBeShown() {
        // Given
        var differences = new Differences(0);

        // When
        differences.add(List.of(of("contacts_by_user", "alice", "bob")));

        // Then
        assertThat(differences.count()).isEqualTo(1);
        assertThat(differences.first()).isEmpty();
    }

    private static Difference of(String table, String key, String row) {
        var name = new PartitionName(TableShape.all().get(table), List.of(utf8(key)));
        return new Difference(name, List.of(utf8(row)), null, null, List.of());
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
