package io.millrace.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    @Test
    void shouldReadTimes() {
        assertThat(InputReader.read("/later 10m see  you"))
                .isEqualTo(new Input.Later(Duration.ofMinutes(10), "see  you"));
        assertThat(InputReader.read("/expire 1w")).isEqualTo(new Input.Expire(Duration.ofDays(7)));
        assertThat(InputReader.read("/expire off")).isEqualTo(new Input.Expire(Duration.ZERO));
        assertThat(InputReader.read("/link")).isEqualTo(new Input.Link(Duration.ofDays(1)));
        assertThat(InputReader.read("/link 2h")).isEqualTo(new Input.Link(Duration.ofHours(2)));
        assertThat(InputReader.read("/unschedule 7")).isEqualTo(new Input.Unschedule(7));
    }

    @Test
    void shouldReadWhoMayJoinAndWhoIsKept() {
        assertThat(InputReader.read("/join g:01")).isEqualTo(new Input.Join("g:01", null));
        assertThat(InputReader.read("/join g:01 s3cret")).isEqualTo(new Input.Join("g:01", "s3cret"));
        assertThat(InputReader.read("/join g:01,s3cret")).isEqualTo(new Input.Join("g:01", "s3cret"));
        assertThat(InputReader.read("/unopen")).isEqualTo(new Input.JoinRule(false));
        assertThat(InputReader.read("/announce tea  at four")).isEqualTo(new Input.Announce("tea  at four"));
        assertThat(InputReader.read("/announce")).isEqualTo(new Input.Announce(""));
        assertThat(InputReader.read("/contact Al  B")).isEqualTo(new Input.Contact("Al  B"));
        assertThat(InputReader.read("/invisible")).isEqualTo(new Input.Switch(Input.Switch.What.INVISIBLE, true));
        assertThat(InputReader.read("/uninvisible")).isEqualTo(new Input.Switch(Input.Switch.What.INVISIBLE, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/to",
                "/group team",
                "/edit x y",
                "/edit 1",
                "/recall 0",
                "/history -1",
                "/react 1",
                "/nosuch",
                "/later 10m",
                "/later soon hello",
                "/expire",
                "/expire 0m",
                "/link x",
                "/unlink",
                "/join",
                "/unschedule x"
            })
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
