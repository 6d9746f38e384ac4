package io.millrace.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.session.SessionRegistry;
import io.millrace.edge.session.SessionServices;
import io.millrace.service.auth.DevelopmentTokens;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import org.xnio.Sequence;

/** The public listener: guards, WebSocket, calls, pull API, web page. */
public final class EdgeServer implements AutoCloseable {
    /** A connection that asks for nothing, from its begin or between two requests, is not held longer. */
    private static final int NO_REQUEST_MS = 10_000;

    private static final int BODY_BYTES = 64 * 1024;
    private static final String FRAMES_PROPERTY = "io.undertow.websockets.core.WEB_SOCKETS_MAX_READ_FRAMES";

    private final HttpSettings settings;
    private final SessionServices services;
    private final TimelineProxy timeline;
    private final Admission admission;
    private final SessionRegistry sessions;
    private final Optional<DevelopmentTokens> developmentTokens;
    private volatile boolean open = true;
    private @Nullable Undertow server;
    private int port;

    public EdgeServer(
            HttpSettings settings,
            TimelineSettings timeline,
            SessionServices services,
            SessionRegistry sessions,
            Optional<DevelopmentTokens> developmentTokens,
            MeterRegistry registry) {
        limitFragments();
        this.settings = settings;
        this.services = services;
        this.sessions = sessions;
        this.developmentTokens = developmentTokens;
        this.timeline = new TimelineProxy(timeline, registry);
        this.admission = new Admission(settings.maxConnections(), settings.maxConnectionsPerAddress());
    }

    /** Undertow takes any number of fragments unless this is set before its first WebSocket. */
    private static void limitFragments() {
        if (System.getProperty(FRAMES_PROPERTY) == null) {
            System.setProperty(FRAMES_PROPERTY, "100");
        }
    }

    /** Listens; the port is taken when it returns. */
    public void start() {
        port = settings.port() == 0 ? freePort() : settings.port();
        var tls = settings.tls();
        var guard = new Guard(Guard.Allowed.of(settings, port), settings.bodyWithin(), tls != null, routes());
        var built = listener(Undertow.builder(), tls)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 16 * 1024)
                .setServerOption(UndertowOptions.MAX_HEADERS, 64)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 32)
                .setServerOption(UndertowOptions.MAX_COOKIES, 32)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // the guard bounds it
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 8000)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, NO_REQUEST_MS)
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, 60_000)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .setHandler(guard)
                .build();
        server = built;
        built.start();
    }

    private Undertow.Builder listener(Undertow.Builder builder, @Nullable TlsSettings tls) {
        return tls == null
                ? builder.addHttpListener(port, settings.host())
                : builder.addHttpsListener(port, settings.host(), tls.context())
                        .setSocketOption(Options.SSL_ENABLED_PROTOCOLS, Sequence.of("TLSv1.3", "TLSv1.2"));
    }

    /** The port that is listened on. */
    public int port() {
        return port;
    }

    /** Whether upgrades are taken; false while draining. */
    public void open(boolean is) {
        open = is;
    }

    private HttpHandler routes() {
        var body = new JsonBody(BODY_BYTES);
        var call = new CommandCall(services.gate(), services.rates(), settings.decisionWithin());
        var routes = new RoutingHandler(false);
        new CommandRoutes(new Bearer(services.authenticator()), body, services.asks(), services.groups(), call)
                .addTo(routes);
        routes.get("/v1/timeline", timeline);
        routes.get("/v1/conversations", timeline);
        routes.get("/v1/conversations/{id}", timeline);
        routes.get("/v1/conversations/{id}/messages", timeline);
        routes.get("/v1/conversations/{id}/events", timeline);
        routes.get("/v1/conversations/{id}/scheduled", timeline);
        routes.get("/v1/contacts", timeline);
        developmentTokens.ifPresent(tokens -> routes.post("/dev/token", new DevelopmentTokenRoute(tokens, body)));
        routes.setInvalidMethodHandler(
                exchange -> Problems.send(exchange, 405, "invalid", "this method is not allowed here"));
        routes.setFallbackHandler(new StaticFiles());
        var webSocket = webSocket();
        return exchange -> {
            if (exchange.getRequestPath().equals("/v1/ws")) {
                webSocket.handleRequest(exchange);
            } else {
                routes.handleRequest(exchange);
            }
        };
    }

    private HttpHandler webSocket() {
        var handshake = new GuardedHandshake(HandshakeGuard.SUBPROTOCOL);
        var entrance = new WebSocketEntrance(sessions, services.limits(), admission);
        return new HandshakeGuard(
                () -> open, admission, new WebSocketProtocolHandshakeHandler(List.of(handshake), entrance));
    }

    private int freePort() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port on " + settings.host(), e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        timeline.close();
    }
}
