package io.millrace.service.kafka;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Tells a broker that will not have us from one that is not there. */
public final class KafkaRefusal {
    private KafkaRefusal() {}

    /** Why a broker refuses this client: credentials, certificates, rights. Trying again does not help. */
    public static Optional<String> in(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof AuthenticationException) {
                return Optional.of("Kafka refuses the credentials or the TLS of kafka.properties: " + at.getMessage());
            }
            if (at instanceof AuthorizationException) {
                return Optional.of("Kafka does not let this client do what it must: " + at.getMessage());
            }
        }
        return Optional.empty();
    }
}
