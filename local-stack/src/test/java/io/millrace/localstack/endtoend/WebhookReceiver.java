package io.millrace.localstack.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A subscriber's server: checks every signature, answers as it is told, and keeps what was right and what was not. An
 * event counts as taken before its answer leaves. Thread-safe.
 */
final class WebhookReceiver implements AutoCloseable {
    /** Answer of no answer: the connection is cut. */
    static final int CUT = 0;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TOLERANCE_S = 300;

    private final byte[] secret;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, List<Long>> order = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Function<JsonNode, Integer> answering = event -> 204;
    private int requests;
    private int refusals;

    WebhookReceiver(String secret) throws IOException {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/millrace";
    }

    /** @param answer status for an event, or {@link #CUT} */
    synchronized void answer(Function<JsonNode, Integer> answer) {
        answering = answer;
    }

    /** Ids of the events that were taken. */
    synchronized Set<String> taken() {
        return Set.copyOf(taken);
    }

    /** Versions of a conversation in the order in which they were taken for the first time. */
    synchronized List<Long> order(String conversation) {
        return List.copyOf(order.getOrDefault(conversation, List.of()));
    }

    /** What should not have come: a wrong signature, a header that is not the body's, a later event before an earlier one. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    synchronized int requests() {
        return requests;
    }

    synchronized int refusals() {
        return refusals;
    }

    /** Forgets what was taken. */
    synchronized void forget() {
        taken.clear();
        order.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            int status = judge(exchange, body);
            if (status != CUT) {
                exchange.sendResponseHeaders(status, -1);
            }
        }
    }

    private synchronized int judge(HttpExchange exchange, byte[] body) throws IOException {
        requests++;
        if (!isGenuine(exchange.getRequestHeaders().getFirst("Millrace-Signature"), body)) {
            wrong.add("signature of request " + requests);
            return 401;
        }
        var event = JSON.readTree(body);
        var id = event.path("id").asText();
        if (!id.equals(exchange.getRequestHeaders().getFirst("Millrace-Event-Id"))
                || !id.equals(event.path("conversation").asText() + "/"
                        + event.path("version").asLong())) {
            wrong.add("id of " + id);
        }
        int status = answering.apply(event);
        if (status / 100 != 2) {
            refusals++;
        } else if (taken.add(id)) {
            var versions = order.computeIfAbsent(event.path("conversation").asText(), c -> new ArrayList<>());
            long version = event.path("version").asLong();
            if (!versions.isEmpty() && versions.get(versions.size() - 1) > version) {
                wrong.add(id + " after " + versions.get(versions.size() - 1));
            }
            versions.add(version);
        }
        return status;
    }

    private boolean isGenuine(String header, byte[] body) {
        var time = "";
        var signatures = new ArrayList<String>();
        for (var field : String.valueOf(header).split(",")) {
            if (field.startsWith("t=")) {
                time = field.substring(2);
            } else if (field.startsWith("v1=")) {
                signatures.add(field.substring(3));
            }
        }
        if (!time.matches("\\d{1,12}")
                || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time)) > TOLERANCE_S) {
            return false;
        }
        var wanted = HexFormat.of().formatHex(hmac(time, body)).getBytes(StandardCharsets.US_ASCII);
        return signatures.stream()
                .anyMatch(signature -> MessageDigest.isEqual(wanted, signature.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] hmac(String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
