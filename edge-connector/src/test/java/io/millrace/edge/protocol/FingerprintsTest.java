package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.body.BodyKey;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Hash128;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsTest {
    private static final String PLAIN =
            "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}";

    private static final String HI = "\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"text\",\"text\":\"hi\"}";
    private static final AskLimits LIMITS = new AskLimits(1000, 10, 10);
    private static final AskReader READER = new AskReader(LIMITS);
    private static final GroupAskReader GROUPS =
            new GroupAskReader(LIMITS, new JoinLinks(new Fingerprints("a key for this test")));

    private final AskReader reader = READER;
    private final Fingerprints fingerprints = new Fingerprints("a key for this test");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ref\":9,\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"body\":{\"o\":{\"b\":null,\"a\":[1,2]},\"n\":1,\"kind\":\"x\"},\"to\":{\"user\":\"bob\"},\"clientMessageId\":\"c\"}",
                "{\"clientMessageId\":\"c\",\"to\":{\"conversation\":\"d:alice:bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"\\u0078\",\"n\":1.0,\"o\":{\"a\":[1,2e0],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"replyTo\":null,\"mentions\":[],\"unknown\":1,\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}"
            })
    void shouldBeEqualWhenTheMeaningIsTheSame(String json) throws Exception {
        assertThat(of(json)).isEqualTo(of(PLAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"carol\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":2,\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":\"1\",\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[2,1],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2]}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"replyTo\":1,\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}",
                "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"mentions\":[\"bob\"],\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}"
            })
    void shouldDifferWhenTheMeaningDiffers(String json) throws Exception {
        assertThat(of(json)).isNotEqualTo(of(PLAIN));
    }

    @Test
    void shouldDifferWhenTheKeyDiffers() throws Exception {
        var other = new Fingerprints("another key for it");
        assertThat(other.of(ask(PLAIN))).isNotEqualTo(of(PLAIN));
    }

    /** Whoever has the edges' key could else try what an erased body may have been. */
    @Test
    void shouldDependOnTheKeyOfTheBodyWhenItIsEncrypted() throws Exception {
        // Given
        var key = Optional.of(BodyKey.of("k-1", "alice", new byte[32]));
        var others = new byte[32];
        others[31] = 1;

        // When
        var encrypted = fingerprints.of(ask(PLAIN), key);

        // Then
        assertThat(encrypted).isEqualTo(fingerprints.of(ask(PLAIN), key)).isNotEqualTo(of(PLAIN));
        assertThat(encrypted)
                .isNotEqualTo(fingerprints.of(ask(PLAIN), Optional.of(BodyKey.of("k-1", "alice", others))));
    }

    @Test
    void shouldDifferWhenTheTypeDiffers() throws Exception {
        // Given
        var json = StrictJson.read(
                "{\"clientMessageId\":\"c\",\"conversation\":\"g:1\",\"seq\":3}".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(fingerprints.of(reader.recall(json))).isNotEqualTo(fingerprints.of(reader.read(json)));
    }

    /** Asks that differ in one thing each. */
    static Stream<Reading> asks() {
        var alice = new UserId("alice");
        return Stream.of(
                () -> GROUPS.setRole(json("\"role\":\"admin\""), "g:1", "bob"),
                () -> GROUPS.setRole(json("\"role\":\"member\""), "g:1", "bob"),
                () -> GROUPS.setRole(json("\"role\":\"admin\""), "g:1", "carol"),
                () -> GROUPS.setRole(json("\"role\":\"admin\""), "g:2", "bob"),
                () -> GROUPS.mute(json("\"until\":null"), "g:1"),
                () -> GROUPS.mute(json("\"until\":5"), "g:1"),
                () -> GROUPS.mute(json("\"until\":6"), "g:1"),
                () -> GROUPS.mute(json("\"until\":5,\"users\":[\"bob\"]"), "g:1"),
                () -> GROUPS.mute(json("\"until\":5,\"users\":[\"carol\"]"), "g:1"),
                () -> GROUPS.dissolve("c", "g:1"),
                () -> GROUPS.dissolve("c", "g:2"),
                () -> GROUPS.setGroup(json("\"title\":\"a\""), "g:1"),
                () -> GROUPS.setGroup(json("\"announcement\":\"a\""), "g:1"),
                () -> GROUPS.setGroup(json("\"announcement\":\"\""), "g:1"),
                () -> GROUPS.setGroup(json("\"joinRule\":\"open\""), "g:1"),
                () -> GROUPS.setGroup(json("\"joinRule\":\"invitation\""), "g:1"),
                () -> GROUPS.link(json("\"until\":5"), "g:1", alice),
                () -> GROUPS.link(json("\"until\":6"), "g:1", alice),
                () -> GROUPS.link(json("\"until\":5"), "g:1", new UserId("bob")),
                () -> GROUPS.revoke("c", "g:1", "abc"),
                () -> GROUPS.join(json("\"x\":1"), "g:1"),
                () -> GROUPS.join(json("\"link\":\"abc\""), "g:1"),
                () -> GROUPS.join(json("\"link\":\"abd\""), "g:1"),
                () -> READER.unschedule("c", "g:1", "7"),
                () -> READER.unschedule("c", "g:1", "8"),
                () -> READER.send(json(HI), alice),
                () -> READER.send(json(HI + ",\"expiresAt\":5"), alice),
                () -> READER.send(json(HI + ",\"sendAt\":5"), alice),
                () -> READER.send(json(HI + ",\"expiresAt\":6,\"sendAt\":5"), alice),
                () -> READER.block(json("\"user\":\"bob\""), alice, true),
                () -> READER.unblock("c", "bob", alice),
                () -> READER.unblock("c", "carol", alice));
    }

    private interface Reading {
        Ask ask() throws RefusedException;
    }

    @Test
    void shouldTellAllAsksApartAndEachAgainTheSame() throws Exception {
        // When
        var first = new ArrayList<Hash128>();
        var again = new ArrayList<Hash128>();
        for (var ask : asks().toList()) {
            first.add(fingerprints.of(ask.ask()));
            again.add(fingerprints.of(ask.ask()));
        }

        // Then
        assertThat(first).doesNotHaveDuplicates().isEqualTo(again);
    }

    @Test
    void shouldBeEqualWhenACallAndAFrameMeanTheSame() throws Exception {
        // Given
        var alice = new UserId("alice");

        // Then
        assertThat(fingerprints.of(reader.block(json("\"user\":\"bob\""), alice, true)))
                .isEqualTo(fingerprints.of(reader.block(json("\"as\":\"alice\""), "bob", alice)));
        assertThat(fingerprints.of(reader.block(json("\"user\":\"bob\""), alice, false)))
                .isEqualTo(fingerprints.of(reader.unblock("c", "bob", alice)));
    }

    private static JsonDocument json(String fields) throws RefusedException {
        return StrictJson.read(("{\"clientMessageId\":\"c\"," + fields + "}").getBytes(StandardCharsets.UTF_8));
    }

    private Hash128 of(String json) throws RefusedException {
        return fingerprints.of(ask(json));
    }

    private Ask ask(String json) throws RefusedException {
        return reader.send(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)), new UserId("alice"));
    }
}
