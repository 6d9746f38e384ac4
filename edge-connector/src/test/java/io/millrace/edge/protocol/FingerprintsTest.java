package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Hash128;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintsTest {
    private static final String PLAIN =
            "{\"clientMessageId\":\"c\",\"to\":{\"user\":\"bob\"},\"body\":{\"kind\":\"x\",\"n\":1,\"o\":{\"a\":[1,2],\"b\":null}}}";

    private final AskReader reader = new AskReader(new AskLimits(1000, 10, 10));
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
        return Stream.of(
                r -> r.setRole(json("\"role\":\"admin\""), "g:1", "bob"),
                r -> r.setRole(json("\"role\":\"member\""), "g:1", "bob"),
                r -> r.setRole(json("\"role\":\"admin\""), "g:1", "carol"),
                r -> r.setRole(json("\"role\":\"admin\""), "g:2", "bob"),
                r -> r.mute(json("\"until\":null"), "g:1"),
                r -> r.mute(json("\"until\":5"), "g:1"),
                r -> r.mute(json("\"until\":6"), "g:1"),
                r -> r.mute(json("\"until\":5,\"users\":[\"bob\"]"), "g:1"),
                r -> r.mute(json("\"until\":5,\"users\":[\"carol\"]"), "g:1"),
                r -> r.dissolve("c", "g:1"),
                r -> r.dissolve("c", "g:2"),
                r -> r.block(json("\"user\":\"bob\""), new UserId("alice"), true),
                r -> r.unblock("c", "bob", new UserId("alice")),
                r -> r.unblock("c", "carol", new UserId("alice")));
    }

    private interface Reading {
        Ask of(AskReader reader) throws RefusedException;
    }

    @Test
    void shouldTellAllAsksApartAndEachAgainTheSame() throws Exception {
        // When
        var first = new ArrayList<Hash128>();
        var again = new ArrayList<Hash128>();
        for (var ask : asks().toList()) {
            first.add(fingerprints.of(ask.of(reader)));
            again.add(fingerprints.of(ask.of(reader)));
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
