package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FactTest {
    private static final List<Fact> LINKS = List.of(
            new Fact("link:a", 3, "1000"),
            new Fact("link:b", 4, "2000"),
            new Fact("link:a", 6, "0"),
            new Fact("link:c", 8, "9000"));

    @Test
    void shouldTellLinksThatOpenTheGroupAtAVersionAndATime() {
        assertThat(Fact.liveLinks(5, LINKS, 999)).containsOnlyKeys("a", "b").containsEntry("a", 1000L);
        assertThat(Fact.liveLinks(5, LINKS, 1000)).containsOnlyKeys("b");
        assertThat(Fact.liveLinks(6, LINKS, 999)).as("revoked").containsOnlyKeys("b");
        assertThat(Fact.liveLinks(9, LINKS, 2000)).containsOnlyKeys("c");
        assertThat(Fact.liveLinks(2, LINKS, 0)).isEmpty();
    }
}
