package io.millrace.edge.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The web page, from the class path below {@code web/}, small and kept in memory. Revalidated by ETag, so a new build
 * shows at once.
 */
final class StaticFiles implements HttpHandler {
    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "json", "application/json",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json");

    private final Map<String, Optional<Loaded>> loaded = new ConcurrentHashMap<>();

    /** One file; only those that exist are kept. */
    private record Loaded(ByteBuffer content, String type, String etag) {}

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        boolean head = exchange.getRequestMethod().equals(Methods.HEAD);
        if (!head && !exchange.getRequestMethod().equals(Methods.GET)) {
            Problems.send(exchange, 405, "invalid", "this method is not allowed here");
            return;
        }
        var path = exchange.getRequestPath();
        var file = find(path.equals("/") ? "/index.html" : path);
        if (file.isEmpty()) {
            Problems.send(exchange, 404, "not_found", "there is nothing here");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.put(Headers.ETAG, file.get().etag());
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        if (file.get().etag().equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, file.get().type());
        exchange.getResponseSender().send(file.get().content().duplicate());
    }

    private Optional<Loaded> find(String path) {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        var known = loaded.get(path);
        if (known != null) {
            return known;
        }
        var found = load(path);
        if (found.isPresent()) {
            loaded.put(path, found);
        }
        return found;
    }

    private static Optional<Loaded> load(String path) {
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (var stream = StaticFiles.class.getResourceAsStream("/web" + path)) {
            if (stream == null) {
                return Optional.empty();
            }
            byte[] bytes = stream.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            var etag = "\"" + HexFormat.of().formatHex(Arrays.copyOf(hash, 12)) + "\"";
            return Optional.of(new Loaded(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), type, etag));
        } catch (IOException e) {
            throw new UncheckedIOException("the web page cannot be read from the class path", e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
