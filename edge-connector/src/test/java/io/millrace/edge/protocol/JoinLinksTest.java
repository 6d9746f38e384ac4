package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JoinLinksTest {
    private final JoinLinks links = new JoinLinks(new Fingerprints("fingerprints for tests"));

    /** A compatibility contract: another function would give a retry another link. */
    @Test
    void shouldBeTheFunctionThatItAlwaysWas() {
        // When
        var secret = secret("g:x", "alice", "l-1");

        // Then
        assertThat(secret).isEqualTo("yvnC9eTeb3zrc7_b4yn6jg");
        assertThat(JoinLinks.id(secret)).isEqualTo("pFbVMfPtDuJvIQkY3FQ6ng");
    }

    @Test
    void shouldDifferInEverythingThatNamesALink() {
        // Given
        var other = new JoinLinks(new Fingerprints("another key of the edges"));

        // Then
        assertThat(Stream.of(
                        secret("g:x", "alice", "l-1"),
                        secret("g:y", "alice", "l-1"),
                        secret("g:x", "bob", "l-1"),
                        secret("g:x", "alice", "l-2"),
                        other.secret(new ConversationId("g:x"), new UserId("alice"), new ClientMessageId("l-1"))))
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.matches("[A-Za-z0-9_-]{22}"))
                .allMatch(secret -> JoinLinks.id(secret).matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void shouldShowNoSecretWhenItIsPrinted() throws Exception {
        // Given
        var groups = new GroupAskReader(new AskLimits(60, 3, 4), links);

        // When
        var link = groups.link(
                StrictJson.read("{\"clientMessageId\":\"l-1\",\"until\":5}".getBytes(StandardCharsets.UTF_8)),
                "g:x",
                new UserId("alice"));
        var join = groups.join(
                StrictJson.read(("{\"clientMessageId\":\"j\",\"link\":\"" + link.secret() + "\"}")
                        .getBytes(StandardCharsets.UTF_8)),
                "g:x");

        // Then
        assertThat(join.link()).isEqualTo(link.link());
        assertThat(link.toString() + join).doesNotContain(link.secret());
    }

    private String secret(String conversation, String user, String key) {
        return links.secret(new ConversationId(conversation), new UserId(user), new ClientMessageId(key));
    }
}
