package io.millrace.localstack.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.localstack.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Asks the timeline service directly, without an edge before it, with tokens of the stack's own secret. */
final class PullClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final byte[] secret;

    PullClient(LocalStack stack) throws Exception {
        this(stack, stack.options().ports().timelineApi());
    }

    /** Another timeline service than the stack's, with the same secret. */
    PullClient(LocalStack stack, int port) throws Exception {
        base = "http://127.0.0.1:" + port;
        var settings = new ObjectMapper(new YAMLFactory())
                .readTree(
                        stack.options().data().resolve("timeline/timeline.yaml").toFile());
        var file = settings.at("/auth/issuers/0/secret").asText().substring("file:".length());
        secret = Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
    }

    /** An answer of any status. */
    record Answer(int status, HttpResponse<String> response, JsonNode json) {
        String code() {
            return json.path("code").asText();
        }
    }

    /** A successful answer. */
    JsonNode get(String user, String path) throws Exception {
        var answer = ask(user, path);
        if (answer.status() != 200) {
            throw new AssertionError(path + " of " + user + ": " + answer.status() + " " + answer.json());
        }
        return answer.json();
    }

    Answer ask(String user, String path) throws Exception {
        return askLater(user, path).get();
    }

    CompletableFuture<Answer> askLater(String user, String path) {
        return askWith("Bearer " + token(user, Instant.now().plusSeconds(600)), path);
    }

    /** @param authorization the header as it is; empty for none */
    CompletableFuture<Answer> askWith(String authorization, String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(PullClient::answer);
    }

    String token(String user, Instant expires) {
        var claims = JSON.createObjectNode()
                .put("iss", "millrace-dev")
                .put("sub", user)
                .put("iat", expires.getEpochSecond() - 600)
                .put("exp", expires.getEpochSecond());
        var signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.toString());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), response, JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
