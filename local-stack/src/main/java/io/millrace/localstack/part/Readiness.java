package io.millrace.localstack.part;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells whether a part that has been started can be used. Asked again and again until it says yes. */
@FunctionalInterface
public interface Readiness {
    /** Returns whether it is ready; an exception counts as "not yet" and its message as the reason. */
    boolean isReady() throws IOException, InterruptedException;

    /** Somebody accepts connections on this loopback port. */
    static Readiness port(int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                // A port of the ephemeral range can be connected with itself; that is nobody.
                return socket.getLocalPort() != port;
            }
        };
    }

    /** The URL answers 200. */
    static Readiness http(URI url) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
        return () -> {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                var body = response.body().strip().lines().findFirst().orElse("");
                throw new IOException(url + " answers " + response.statusCode() + " " + body);
            }
            return true;
        };
    }
}
