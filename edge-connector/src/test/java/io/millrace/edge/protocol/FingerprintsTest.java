package io.millrace.edge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Hash128;
import java.nio.charset.StandardCharsets;
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

    private Hash128 of(String json) throws RefusedException {
        return fingerprints.of(ask(json));
    }

    private Ask ask(String json) throws RefusedException {
        return reader.send(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)), new UserId("alice"));
    }
}
