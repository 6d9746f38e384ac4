package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputReaderTest {
    @Test
    void shouldReadEveryCommand() {
        assertThat(InputReader.read("hello  world")).isEqualTo(new Input.Say("hello  world"));
        assertThat(InputReader.read("/to bob")).isEqualTo(new Input.To("bob"));
        assertThat(InputReader.read("/group team bob carol"))
                .isEqualTo(new Input.Group("team", List.of("bob", "carol")));
        assertThat(InputReader.read("/edit 12 new  text")).isEqualTo(new Input.Edit(12, "new  text"));
        assertThat(InputReader.read("/recall 12")).isEqualTo(new Input.Recall(12));
        assertThat(InputReader.read("/history")).isEqualTo(new Input.History(20));
        assertThat(InputReader.read("/history 999")).isEqualTo(new Input.History(200));
        assertThat(InputReader.read("  ")).isEqualTo(new Input.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/to", "/group team", "/edit x y", "/edit 1", "/recall 0", "/history -1", "/react 1", "/nosuch"})
    void shouldSayHowACommandIsWrittenWhenItIsWrong(String line) {
        assertThat(InputReader.read(line)).isInstanceOf(Input.Wrong.class);
    }

    @Test
    void shouldHaveAReaderForEveryCommandThatHelpShows() {
        for (String[] form : InputReader.COMMANDS) {
            assertThat(InputReader.read(form[0].split(" ")[0]))
                    .as(form[0])
                    .isNotEqualTo(new Input.Wrong("no such command; /help shows all"));
        }
    }
}
