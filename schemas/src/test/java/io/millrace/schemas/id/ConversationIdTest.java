package io.millrace.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {
    @ParameterizedTest
    @CsvSource({
        "d:alice:bob,DIRECT",
        "d:alice:alice,DIRECT",
        "d:Zoe:alice,DIRECT",
        "d:a-b:a.b,DIRECT",
        "g:01JABCDEF,GROUP",
        "r:match-7,ROOM"
    })
    void shouldTellTheKind(String text, ConversationId.Kind kind) {
        assertThat(new ConversationId(text).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "d:",
                "d:alice",
                "d:alice:",
                "d::bob",
                "d:bob:alice",
                "d:alice:Zoe",
                "d:alice:bob:carol",
                "g:",
                "g:a:b",
                "g:a/b",
                "g:../x",
                "g:a b",
                "g:\u0000",
                "r:é",
                "x:a",
                "D:alice:bob",
                " g:a",
                "g:a\n"
            })
    void shouldRefuseWhatBreaksTheGrammar(String text) {
        assertThatThrownBy(() -> new ConversationId(text)).isInstanceOf(InvalidIdException.class);
    }

    @Test
    void shouldRefuseALongIdWithoutRepeatingIt() {
        // Given
        var long1 = "g:" + "x".repeat(1 << 20);

        // Then
        assertThatThrownBy(() -> new ConversationId(long1))
                .isInstanceOf(InvalidIdException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void shouldTakeTheLongestUsers() {
        // Given
        var longest = new UserId("a".repeat(62));

        // When
        var notes = ConversationId.direct(longest, longest);

        // Then
        assertThat(notes.value()).hasSize(127);
        assertThat(notes.second()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource({"alice,bob,d:alice:bob", "bob,alice,d:alice:bob", "alice,alice,d:alice:alice", "alice,Zoe,d:Zoe:alice"})
    void shouldPutUsersInAsciiOrder(String one, String other, String expected) {
        // When
        var id = ConversationId.direct(new UserId(one), new UserId(other));

        // Then
        assertThat(id.value()).isEqualTo(expected);
        assertThat(id.isDirectOf(one)).isTrue();
        assertThat(id.isDirectOf(other)).isTrue();
        assertThat(id.isDirectOf("mallory")).isFalse();
    }

    /** The value is a contract: routers compute it again from the command, years later. */
    @Test
    void shouldDeriveAGroupFromItsCreationForEver() {
        // When
        var group = ConversationId.group(new UserId("alice"), new ClientMessageId("c-1"));

        // Then
        assertThat(group.value()).isEqualTo("g:6VKG7G1GKJ81FNMWXE88JMC314");
        assertThat(group.kind()).isEqualTo(ConversationId.Kind.GROUP);
    }

    @Test
    void shouldNotConfuseCreatorAndKey() {
        assertThat(ConversationId.group(new UserId("alice"), new ClientMessageId("1x")))
                .isNotEqualTo(ConversationId.group(new UserId("alice1"), new ClientMessageId("x")));
    }
}
