package io.millrace.guarantees.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void shouldBeToldByItsTextAndByItsKey() throws Exception {
        // Given
        var message = new Message(42, Message.toUser("bob"), 120);

        // When
        var frame = new ObjectMapper().readTree(message.frame());

        // Then
        assertThat(frame.path("to").path("user").asText()).isEqualTo("bob");
        var text = frame.path("body").path("text").asText();
        assertThat(text).hasSize(120);
        assertThat(Message.operationOf(text)).hasValue(42);
        assertThat(Message.operationOfKey(frame.path("clientMessageId").asText()))
                .hasValue(42);
    }

    @Test
    void shouldNotBeMistakenForWhatOthersWrite() {
        assertThat(Message.operationOf("load many lorries")).isEmpty();
        assertThat(Message.operationOf("hello")).isEmpty();
        assertThat(Message.operationOfKey("group-of-alice")).isEmpty();
    }
}
