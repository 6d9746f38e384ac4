package io.millrace.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerFrameTest {
    private final List<String> entries = new ArrayList<>();

    @Test
    void shouldReadWhatARefusalSays() {
        // When
        var frame =
                read("{\"type\":\"error\",\"ref\":7,\"code\":\"overloaded\",\"message\":\"m\",\"retryAfterMs\":900}");

        // Then
        assertThat(frame.type).isEqualTo("error");
        assertThat(frame.ref).isEqualTo(7);
        assertThat(frame.code).isEqualTo("overloaded");
        assertThat(frame.retryAfterMs).isEqualTo(900);
    }

    @Test
    void shouldReadAWelcomeWithItsLimits() {
        // When
        var frame = read("{\"type\":\"welcome\",\"head\":57,\"heartbeatSeconds\":30,\"limits\":{\"sessions\":16}}");

        // Then
        assertThat(frame.head).isEqualTo(57);
        assertThat(frame.heartbeatSeconds).isEqualTo(30);
    }

    @Test
    void shouldSeeEveryEntryWhenTheyComeTogetherAndAlone() {
        // When
        read("{\"type\":\"entries\",\"entries\":[" + entry(58, "a") + "," + entry(59, "b") + "]}");
        read(entry(60, "c").replaceFirst("\\{", "{\"type\":\"entry\","));

        // Then
        assertThat(entries).containsExactly("58 alice a", "59 alice b", "60 alice c");
    }

    private static String entry(long position, String text) {
        return "{\"position\":" + position + ",\"conversation\":\"d:alice:bob\",\"version\":14,\"event\":"
                + "{\"kind\":\"message\",\"seq\":12,\"from\":\"alice\",\"body\":{\"kind\":\"text\",\"text\":\"" + text
                + "\",\"more\":{\"text\":\"no\"}},\"mentions\":[\"bob\"]},\"unread\":1}";
    }

    private ServerFrame read(String json) {
        var bytes = (" " + json).getBytes(StandardCharsets.UTF_8);
        return ServerFrame.read(
                bytes, 1, bytes.length - 1, (position, from, text) -> entries.add(position + " " + from + " " + text));
    }
}
