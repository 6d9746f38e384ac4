package io.millrace.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.http.EdgeServer;
import io.millrace.edge.http.HttpSettings;
import io.millrace.edge.http.TimelineSettings;
import io.millrace.edge.inbound.CommandGate;
import io.millrace.edge.inbound.CommandLimits;
import io.millrace.edge.inbound.LogWriter;
import io.millrace.edge.inbound.PendingCommands;
import io.millrace.edge.inbound.SealingKeys;
import io.millrace.edge.inbound.SessionLog;
import io.millrace.edge.lane.CurrentLife;
import io.millrace.edge.lane.Lives;
import io.millrace.edge.outbound.DeliveryDispatcher;
import io.millrace.edge.protocol.AskLimits;
import io.millrace.edge.protocol.AskReader;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.edge.protocol.GroupAskReader;
import io.millrace.edge.protocol.JoinLinks;
import io.millrace.edge.session.SessionLimits;
import io.millrace.edge.session.SessionMetrics;
import io.millrace.edge.session.SessionRegistry;
import io.millrace.edge.session.SessionServices;
import io.millrace.edge.session.SharedRates;
import io.millrace.schemas.id.UserId;
import io.millrace.service.auth.AuthConfig;
import io.millrace.service.auth.DevelopmentTokens;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.config.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A real edge on a free port, with a small stand-in for Kafka and the router behind it. */
public final class EdgeUnderTest implements AutoCloseable {
    private static final Secret SECRET = new Secret("a secret for tests that has more than 32 bytes");

    public static final Duration TOKEN_LIFE = Duration.ofHours(1);

    public final CurrentLife life = Lives.ready();
    public final SessionRegistry sessions;
    public final PendingCommands pending = new PendingCommands(CommandLimits.defaults());
    public final PlayedRouter router;
    public final EdgeServer server;
    /** What the edge counts. */
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** What tokens are made and judged by. */
    public final ShiftedClock clock = new ShiftedClock();
    /** Runs in every check of a good token, on the thread of the check. */
    public volatile Runnable whileChecking = () -> {};
    /** Users whose tokens are no longer honoured. */
    private final Set<UserId> revoked = ConcurrentHashMap.newKeySet();

    private final DevelopmentTokens tokens = new DevelopmentTokens(SECRET, clock, TOKEN_LIFE);
    private final LogWriter writer;
    private final Authenticator authenticator;
    private final Housekeeping housekeeping;

    public EdgeUnderTest(SessionLimits limits, HttpSettings http, String timelineUrl) {
        router = new PlayedRouter();
        writer = new LogWriter("writer", router, 1000);
        authenticator = new Authenticator(
                new TokenVerifier(
                        new AuthConfig(List.of(DevelopmentTokens.issuer(SECRET)), Duration.ofSeconds(1)), clock),
                token -> {
                    whileChecking.run();
                    return revoked.contains(token.user());
                });
        var fingerprints = new Fingerprints("fingerprints for tests");
        var asks = new AskLimits(limits.maxBodyBytes(), 100, 1000);
        var gate = new CommandGate(
                life, pending, writer, fingerprints, SealingKeys.unused(user -> false), clock, registry);
        var services = new SessionServices(
                limits,
                authenticator,
                gate,
                new SessionLog(writer),
                life,
                new AskReader(asks),
                new GroupAskReader(asks, new JoinLinks(fingerprints)),
                new SharedRates(limits, System.nanoTime()),
                new SessionMetrics(registry),
                System::nanoTime,
                clock);
        sessions = new SessionRegistry(services, registry);
        router.deliverTo(new DeliveryDispatcher(sessions, pending, (key, body) -> Optional.empty(), clock, registry));
        housekeeping = new Housekeeping(sessions, pending);
        housekeeping.start();
        server = new EdgeServer(
                http,
                new TimelineSettings(timelineUrl, Duration.ofSeconds(5), 4),
                services,
                sessions,
                Optional.of(tokens),
                registry);
        server.start();
    }

    public static EdgeUnderTest start() {
        return start(SessionLimits.defaults());
    }

    public static EdgeUnderTest start(SessionLimits limits) {
        return new EdgeUnderTest(limits, http(), "http://127.0.0.1:1");
    }

    public static HttpSettings http() {
        return new HttpSettings(
                "127.0.0.1", 0, List.of(), List.of(), 0, 0, Duration.ofSeconds(2), Duration.ofMillis(500), null);
    }

    public String token(String user) {
        return tokens.issue(new UserId(user));
    }

    /**
     * A token of a service.
     *
     * @param mayActFor value of the claim {@code may_act_for}
     */
    public String serviceToken(String service, Object mayActFor) {
        var now = clock.instant();
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer(DevelopmentTokens.ISSUER)
                        .subject(service)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(TOKEN_LIFE)))
                        .claim("may_act_for", mayActFor)
                        .build());
        try {
            token.sign(new MACSigner(SECRET.bytes()));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    /** A token as it would have been made that long ago. */
    public String oldToken(String user, Duration ago) {
        return new DevelopmentTokens(SECRET, Clock.offset(clock, ago.negated()), TOKEN_LIFE).issue(new UserId(user));
    }

    /** As news of a revocation come from the log. */
    public void revoke(String user) {
        revoked.add(new UserId(user));
        sessions.onRevocations();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() throws InterruptedException {
        housekeeping.close();
        server.close();
        writer.close();
        authenticator.close();
        router.close();
    }
}
