package io.millrace.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaRefusalTest {
    @Test
    void shouldFindARefusalHoweverDeepItIs() {
        var refused = new ExecutionException(new SaslAuthenticationException("invalid credentials"));
        assertThat(KafkaRefusal.in(new KafkaException("not read", refused)))
                .hasValueSatisfying(why -> assertThat(why).contains("kafka.properties", "invalid credentials"));
        assertThat(KafkaRefusal.in(new TopicAuthorizationException(Set.of("epochs"))))
                .hasValueSatisfying(why -> assertThat(why).contains("epochs"));
    }

    @Test
    void shouldTakeAnAbsenceForNone() {
        assertThat(KafkaRefusal.in(new TimeoutException("no metadata"))).isEmpty();
    }
}
