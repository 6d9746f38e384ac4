package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/topics.md are made from schemas and catalogue; {@code -Dmillrace.docs.write=true} writes them. */
class TopicPageTest {
    private static final Pattern SECTION = Pattern.compile("(?m)^## `([a-z.-]+)`$");
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(#[^)]*)?\\)");

    static Set<String> blocks() {
        return TopicPage.blocks().keySet();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void shouldStandInTheTopicsPage(String block) throws IOException {
        // Given
        var page = Files.readString(TopicPage.DOCUMENT);
        assertThat(page).contains(TopicPage.begin(block));

        // When
        var expected = TopicPage.blocks().get(block);
        if (Boolean.getBoolean("millrace.docs.write")) {
            Files.writeString(TopicPage.DOCUMENT, TopicPage.replace(page, block, expected));
            return;
        }

        // Then
        assertThat(TopicPage.between(page, block))
                .as("run: mvn -pl schemas test -Dtest=TopicPageTest -Dsurefire.argLine=-Dmillrace.docs.write=true")
                .isEqualTo(expected);
    }

    @Test
    void shouldDescribeEveryPublicTopicAndNoInternalOne() {
        // When
        var described = SECTION.matcher(TopicPage.read(TopicPage.DOCUMENT)).results();

        // Then
        assertThat(described.map(section -> section.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        TopicPage.publicTopics().stream().map(TopicSpec::name).toList());
    }

    @Test
    void shouldLinkToWhatExists() {
        // Given
        var page = TopicPage.read(TopicPage.DOCUMENT);
        var anchors = HEADING.matcher(page)
                .results()
                .map(heading -> "#" + anchor(heading.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        for (Matcher links = LINK.matcher(page); links.find(); ) {
            if (links.group(1).isEmpty()) {
                assertThat(anchors).contains(links.group(2));
            } else {
                assertThat(TopicPage.DOCUMENT.resolveSibling(links.group(1)))
                        .as(links.group())
                        .exists();
            }
        }
    }

    /** As GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
