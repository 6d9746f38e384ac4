package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.id.UserId;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskReaderTest {
    private static final UserId ALICE = new UserId("alice");
    private static final String BODY = "\"body\":{\"kind\":\"text\",\"text\":\"hi\"}";

    private final AskReader reader = new AskReader(new AskLimits(200, 3, 4));
    private final GroupAskReader groups =
            new GroupAskReader(new AskLimits(200, 3, 4), new JoinLinks(new Fingerprints("fingerprints for tests")));

    @Test
    void shouldResolveTheUserWhenAMessageGoesToOne() throws Exception {
        // When
        var toUser = send("\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"}," + BODY);
        var toConversation = send("\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"d:alice:bob\"}," + BODY);
        var toMyself = send("\"clientMessageId\":\"c\",\"to\":{\"user\":\"alice\"}," + BODY);

        // Then
        assertThat(toUser.conversation()).isEqualTo(toConversation.conversation());
        assertThat(toMyself.conversation().value()).isEqualTo("d:alice:alice");
    }

    @Test
    void shouldIgnoreWhatOnlyTheServerSaysWhenAClientSaysIt() throws Exception {
        // When
        var ask =
                send("\"from\":\"eve\",\"user\":\"eve\",\"seq\":9,\"at\":9223372036854775807,\"clientMessageId\":\"c\","
                        + "\"to\":{\"user\":\"bob\"}," + BODY);

        // Then
        assertThat(ask.conversation().value()).isEqualTo("d:alice:bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"to\":{\"user\":\"bob\"}," + BODY,
                "\"clientMessageId\":null,\"to\":{\"user\":\"bob\"}," + BODY,
                "\"clientMessageId\":7,\"to\":{\"user\":\"bob\"}," + BODY,
                "\"clientMessageId\":\"\",\"to\":{\"user\":\"bob\"}," + BODY,
                "\"clientMessageId\":\"a b\",\"to\":{\"user\":\"bob\"}," + BODY,
                "\"clientMessageId\":\"c\"," + BODY,
                "\"clientMessageId\":\"c\",\"to\":\"bob\"," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\",\"conversation\":\"g:1\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"b:ob\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"../etc\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"d:bob:alice\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"x:1\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"g:../..\"}," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":\"hi\"",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"\"}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"\"}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\" \\n\"}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"\\u00a0\\u202f\\u2003\"}",
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"replyTo\":0," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"replyTo\":1.0," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"replyTo\":\"1\"," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":\"bob\"," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[1]," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[\"a b\"]," + BODY,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[\"a\",\"b\",\"c\",\"d\"]," + BODY
            })
    void shouldRefuseAsInvalidWhenAFieldIsWrong(String fields) {
        assertThatThrownBy(() -> send(fields)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.INVALID));
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false", "10240, false"})
    void shouldBoundTheKey(int length, boolean taken) {
        taken(taken, "\"clientMessageId\":\"" + "k".repeat(length) + "\",\"to\":{\"user\":\"bob\"}," + BODY);
    }

    @ParameterizedTest
    @CsvSource({"g:, 62, true", "g:, 63, false", "g:, 1000000, false", "d:alice:, 62, true", "d:alice:, 1000000, false"
    })
    void shouldBoundTheConversation(String kind, int length, boolean taken) {
        taken(
                taken,
                "\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"" + kind + "b".repeat(length) + "\"}," + BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caf\u00e9",
                "cafe\u0301",
                "\u0430lice", // Cyrillic
                "a\\u200bb",
                "a%00b",
                "a/b",
                "a\\\\b",
                "..",
                ".a",
                "a\\nb",
                "d:alice:bob"
            })
    void shouldTakeNoNameThatAnotherCouldBeTakenFor(String name) {
        taken(false, "\"clientMessageId\":\"c\",\"to\":{\"user\":\"" + name + "\"}," + BODY);
        taken(
                false,
                "\"clientMessageId\":\"" + name.replace("d:alice:bob", "") + "/\",\"to\":{\"user\":\"bob\"}," + BODY);
        taken(false, "\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"g:" + name + "\"}," + BODY);
    }

    @Test
    void shouldBoundMentionsBeforeDoublesAreDropped() {
        // Given: 3 are allowed
        var many = IntStream.range(0, 10_000).mapToObj(i -> "\"bob\"").collect(Collectors.joining(","));

        // Then
        taken(false, "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[" + many + "]," + BODY);
        taken(
                true,
                "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[\"alice\",\"bob\",\"bob\"]," + BODY);
    }

    private void taken(boolean taken, String fields) {
        if (taken) {
            assertThatCode(() -> send(fields)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> send(fields))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
    }

    @Test
    void shouldCountBytesWhenTheBodyIsMeasured() throws Exception {
        // Given: 200 bytes are allowed, the frame of the body takes 25, a character of this text 3
        var fits = "\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\""
                + "界".repeat(57) + "\"}";

        // Then
        assertThat(send(fits).body().utf8().remaining()).isLessThanOrEqualTo(200);
        assertThatThrownBy(() -> send(fits.replace("界\"", "界界界\"")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void shouldNameEachUserOnceWhenOneIsMentionedTwice() throws Exception {
        assertThat(send("\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[\"bob\",\"alice\",\"bob\"],"
                                + BODY)
                        .mentions())
                .containsExactly("bob", "alice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"conversation\":\"g:1\",\"seq\":1,\"emoji\":\"👍\",\"op\":\"toggle\"",
                "\"conversation\":\"g:1\",\"seq\":1,\"op\":\"add\"",
                "\"conversation\":\"g:1\",\"seq\":1,\"emoji\":\" \",\"op\":\"add\"",
                "\"conversation\":\"g:1\",\"seq\":0,\"emoji\":\"👍\",\"op\":\"add\"",
                "\"conversation\":\"g:1\",\"seq\":-1,\"emoji\":\"👍\",\"op\":\"add\"",
                "\"seq\":1,\"emoji\":\"👍\",\"op\":\"add\""
            })
    void shouldRefuseAReactionWhenAFieldIsWrong(String fields) {
        assertThatThrownBy(() -> reader.react(json("\"clientMessageId\":\"c\"," + fields)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldRefuseAGroupWhenItNamesTooManyOrHasNoTitle() {
        var five = IntStream.range(0, 5).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(","));
        assertThatThrownBy(() -> groups.createGroup(
                        json("\"clientMessageId\":\"c\",\"kind\":\"group\",\"title\":\"t\",\"members\":[" + five + "]"),
                        ALICE))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> groups.createGroup(
                        json("\"clientMessageId\":\"c\",\"kind\":\"group\",\"title\":\" \",\"members\":[\"bob\"]"),
                        ALICE))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> groups.createGroup(
                        json("\"clientMessageId\":\"c\",\"kind\":\"room\",\"title\":\"t\",\"members\":[\"bob\"]"),
                        ALICE))
                .isInstanceOf(RefusedException.class);
    }

    private Ask.Send send(String fields) throws RefusedException {
        return reader.send(json(fields), ALICE);
    }

    private static JsonDocument json(String fields) throws RefusedException {
        return StrictJson.read(("{" + fields + "}").getBytes(StandardCharsets.UTF_8));
    }
}
