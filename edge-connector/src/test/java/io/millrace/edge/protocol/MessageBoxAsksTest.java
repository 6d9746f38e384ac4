package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Role;
import io.millrace.schemas.record.UserCommandType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users ask of their own timelines, of groups and of each other. */
class MessageBoxAsksTest {
    private static final UserId ALICE = new UserId("alice");

    private final AskReader reader = new AskReader(new AskLimits(60, 3, 4));
    private final GroupAskReader groups =
            new GroupAskReader(new AskLimits(60, 3, 4), new JoinLinks(new Fingerprints("fingerprints for tests")));

    @Test
    void shouldLeaveSettingsThatAreNotNamedAsTheyAre() throws Exception {
        // When
        var ask = reader.settings(read("\"conversation\":\"d:alice:bob\",\"muted\":true,\"clearedSeq\":4"));

        // Then
        assertThat(ask.type()).isEqualTo(UserCommandType.SETTINGS);
        assertThat(ask.change()).isEqualTo(new Ask.SettingsChange(true, null, null, 4L, null, null, null, null));
    }

    @Test
    void shouldTellNoDraftFromADraftThatIsNotNamed() throws Exception {
        // When
        var none = reader.settings(read("\"conversation\":\"d:alice:bob\",\"draft\":null"));
        var some = reader.settings(
                read("\"conversation\":\"d:alice:bob\",\"draft\":{\"kind\":\"text\",\"text\":\"héllo\"}"));

        // Then
        assertThat(none.change().draft().remaining()).isZero();
        assertThat(StandardCharsets.UTF_8.decode(some.change().draft()).toString())
                .isEqualTo("{\"kind\":\"text\",\"text\":\"héllo\"}");
        assertThat(some.toString()).doesNotContain("llo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"muted\":true",
                "\"conversation\":\"d:alice:bob\",\"muted\":\"yes\"",
                "\"conversation\":\"d:alice:bob\",\"pinned\":1",
                "\"conversation\":\"d:alice:bob\",\"clearedSeq\":-1",
                "\"conversation\":\"d:alice:bob\",\"clearedSeq\":1.0",
                "\"conversation\":\"d:alice:bob\",\"draft\":\"text\"",
                "\"conversation\":\"d:alice:bob\",\"draft\":{}",
                "\"conversation\":\"d:alice:bob\",\"draft\":{\"kind\":\" \"}",
                "\"conversation\":\"d:alice:bob\",\"draft\":{\"kind\":7}",
                "\"conversation\":\"d:alice:bob\",\"draft\":{\"kind\":\"x\",\"t\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}",
                "\"conversation\":\"x:1\",\"muted\":true"
            })
    void shouldRefuseSettingsThatAreNone(String fields) {
        assertThatThrownBy(() -> reader.settings(read(fields))).isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldAskTheDirectConversationWhenAUserIsBlocked() throws Exception {
        // When
        var block = reader.block(read("\"user\":\"bob\""), ALICE, true);
        var unblock = reader.unblock("k", "bob", ALICE);

        // Then
        assertThat(block.conversation().value()).isEqualTo("d:alice:bob");
        assertThat(block.type()).isEqualTo(CommandType.BLOCK);
        assertThat(unblock.conversation()).isEqualTo(block.conversation());
        assertThat(unblock.type()).isEqualTo(CommandType.UNBLOCK);
    }

    @Test
    void shouldReadRolesAndMutes() throws Exception {
        // When
        var role = groups.setRole(read("\"role\":\"admin\""), "g:1", "bob");
        var mute = groups.mute(read("\"users\":[\"bob\"],\"until\":1790000000000"), "g:1");
        var all = groups.mute(read("\"until\":null"), "g:1");

        // Then
        assertThat(role.role()).isEqualTo(Role.ADMIN);
        assertThat(mute.until()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
        assertThat(all.users()).isEmpty();
        assertThat(all.until()).isNull();
    }

    @Test
    void shouldRefuseRolesAndTimesThatAreNone() {
        assertThatThrownBy(() -> groups.setRole(read("\"role\":\"king\""), "g:1", "bob"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> groups.mute(read("\"until\":9223372036854775807"), "g:1"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> groups.mute(read("\"users\":[\"bob\"]"), "g:1"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> groups.dissolve(null, "g:1")).isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldKeepTheFingerprintOfASendThatMentionsNotEverybody() throws Exception {
        // Given
        var fingerprints = new Fingerprints("a secret of sixteen");
        var fields = "\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}";

        // When
        var plain = fingerprints.of(reader.send(read(fields), ALICE));
        var explicit = fingerprints.of(reader.send(read(fields + ",\"mentionAll\":false"), ALICE));
        var everybody = fingerprints.of(reader.send(read(fields + ",\"mentionAll\":true"), ALICE));

        // Then
        assertThat(explicit).isEqualTo(plain);
        assertThat(everybody).isNotEqualTo(plain);
    }

    private static JsonDocument read(String fields) throws RefusedException {
        return StrictJson.read(("{\"clientMessageId\":\"k\"," + fields + "}").getBytes(StandardCharsets.UTF_8));
    }
}
