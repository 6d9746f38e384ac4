package io.millrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/topics.md offers to copy is what tests run, or compiles. */
class TopicSamplesTest {
    /** {@code NpmConsumerIT} runs it against a stack. */
    private static final Path RUN = Path.of("../local-stack/src/test/node/topics/consumer.test.js");
    /** What is each reader's own. */
    private static final Pattern OWN = Pattern.compile("console\\.log|groupId|brokers");

    @Test
    void shouldShowTheJavaScriptThatReadsTheTopicsInATest() {
        // Given
        var run = TopicPage.read(RUN).lines().map(String::strip).toList();

        // When
        var shown = sample("js").lines().map(String::strip).filter(line -> !line.isEmpty());

        // Then
        assertThat(shown.filter(line -> !OWN.matcher(line).find())).isNotEmpty().isSubsetOf(run);
    }

    @Test
    void shouldShowJavaThatCompiles(@TempDir Path classes) {
        // Given
        var tap = new SimpleJavaFileObject(URI.create("string:///Tap.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return sample("java");
            }
        };
        var options = List.of("-Werror", "-Xlint:all", "-proc:none", "-d", classes.toString());
        var said = new StringWriter();

        // When
        boolean compiles = ToolProvider.getSystemJavaCompiler()
                .getTask(said, null, null, options, null, List.of(tap))
                .call();

        // Then
        assertThat(compiles).as(said.toString()).isTrue();
    }

    private static String sample(String language) {
        var block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(TopicPage.read(TopicPage.DOCUMENT));
        assertThat(block.find()).as("a sample in " + language).isTrue();
        return block.group(1);
    }
}
