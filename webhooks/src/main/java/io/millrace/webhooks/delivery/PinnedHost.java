package io.millrace.webhooks.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * Speaks to one address in the name of a host: the JDK's client is given the address in place of the name, so that it
 * looks nothing up, and the name as {@code Host} and for TLS, which checks the certificate against it.
 */
final class PinnedHost {
    private static final String RESTRICTED = "jdk.httpclient.allowRestrictedHeaders";

    private final URI target;

    /** @param target as the settings have it */
    PinnedHost(URI target) {
        this.target = target;
    }

    /**
     * Lets requests of this JVM name their {@code Host}. Before the JDK's client is first used: it looks once.
     *
     * @throws IllegalStateException if it was used before
     */
    static void allow() {
        var present = System.getProperty(RESTRICTED, "");
        if (!List.of(present.split("[, ]+")).contains("host")) {
            System.setProperty(RESTRICTED, present.isEmpty() ? "host" : present + ",host");
        }
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).header("Host", "localhost");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the HTTP client was used before " + RESTRICTED + " was set", e);
        }
    }

    String host() {
        var host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Names the host to the server and to the check of its certificate; an address has no name. */
    SSLParameters tls() {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!host().matches("[0-9.]+|.*:.*")) {
            parameters.setServerNames(List.of(new SNIHostName(host())));
        }
        return parameters;
    }

    HttpRequest.Builder request(InetAddress address) {
        return HttpRequest.newBuilder(at(address)).header("Host", target.getRawAuthority());
    }

    private URI at(InetAddress address) {
        var literal = address.getHostAddress().replaceAll("%.*", "");
        var port = target.getPort() < 0 ? "" : ":" + target.getPort();
        var path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        try {
            return new URI(target.getScheme() + "://"
                    + (address instanceof Inet6Address ? "[" + literal + "]" : literal) + port + path + query);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address in place of a host keeps a URL one", e);
        }
    }
}
