package io.millrace.edge.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the edge listens and whom it lets in.
 *
 * @param host address to bind; default 127.0.0.1
 * @param port port to listen on; default 8080; 0 takes a free one
 * @param allowedHosts names, with port where it is not the default one, that the Host header may carry; default: the
 *     bound address and, on loopback, localhost
 * @param allowedOrigins exact origins that browsers may connect from; default: http and https of the allowed hosts
 * @param maxConnections sessions of this edge; default 20000
 * @param maxConnectionsPerAddress sessions from one address; default 20000, lower it where no proxy stands before
 * @param bodyWithin from a request's head to the end of its body; default 10 s
 * @param decisionWithin after that long a call is answered 202; default 5 s
 * @param tls the edge's own certificate; default none: plain HTTP, behind whatever ends TLS
 */
public record HttpSettings(
        String host,
        Integer port,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration bodyWithin,
        Duration decisionWithin,
        @Nullable TlsSettings tls) {
    public HttpSettings {
        host = host == null ? "127.0.0.1" : host;
        port = port == null ? 8080 : port;
        allowedHosts = allowedHosts == null ? List.of() : List.copyOf(allowedHosts);
        allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
        maxConnections = maxConnections <= 0 ? 20_000 : maxConnections;
        maxConnectionsPerAddress = maxConnectionsPerAddress <= 0 ? 20_000 : maxConnectionsPerAddress;
        bodyWithin = bodyWithin == null ? Duration.ofSeconds(10) : bodyWithin;
        decisionWithin = decisionWithin == null ? Duration.ofSeconds(5) : decisionWithin;
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("http.port is 0 to 65535");
        }
    }

    /** Whether nobody but this machine can reach the listener. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }
}
