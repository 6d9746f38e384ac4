package io.millrace.timeline.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeadCacheTest {
    @Test
    void shouldLoadOnlyWhatIsNotKnown() {
        // Given
        var loaded = new ArrayList<String>();
        var cache = new HeadCache<String>(keys -> {
            loaded.addAll(keys);
            return keys.stream().collect(Collectors.toMap(key -> key, key -> "stored " + key));
        });
        cache.put("a", "written a");

        // When
        var heads = cache.of(Set.of("a", "b"));

        // Then
        assertThat(loaded).isEqualTo(List.of("b"));
        assertThat(heads).containsEntry("a", "written a").containsEntry("b", "stored b");
    }
}
