package io.millrace.timeline.cassandra;

import com.datastax.driver.core.exceptions.AuthenticationException;
import com.datastax.driver.core.exceptions.NoHostAvailableException;
import com.datastax.driver.core.exceptions.UnauthorizedException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tells a node that will not have us from one that is not there. */
final class Refusal {
    /** A node that cannot look roles up at the moment says so in the same exception. */
    private static final String CANNOT_TELL = "Unable to perform authentication";

    private Refusal() {}

    /** Why a node refuses, as far as trying again cannot help; it names the user at most. */
    static Optional<String> in(Throwable failure) {
        if (failure instanceof NoHostAvailableException none) {
            return none.getErrors().values().stream()
                    .flatMap(each -> in(each).stream())
                    .findFirst();
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof AuthenticationException
                    && !String.valueOf(at.getMessage()).contains(CANNOT_TELL)) {
                return Optional.of("Cassandra refuses cassandra.user and cassandra.password: " + at.getMessage());
            }
            if (at instanceof UnauthorizedException) {
                return Optional.of("Cassandra does not let cassandra.user do what it must: " + at.getMessage());
            }
            if (at instanceof CertificateException || at instanceof SSLException) {
                return Optional.of("no TLS with Cassandra by cassandra.tls: " + at.getMessage());
            }
        }
        return Optional.empty();
    }
}
