package io.millrace.edge;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.http.EdgeServer;
import io.millrace.edge.inbound.CommandGate;
import io.millrace.edge.inbound.LogWriter;
import io.millrace.edge.inbound.MadeKeys;
import io.millrace.edge.inbound.PendingCommands;
import io.millrace.edge.inbound.Producers;
import io.millrace.edge.inbound.SealingKeys;
import io.millrace.edge.inbound.SessionLog;
import io.millrace.edge.lane.CurrentLife;
import io.millrace.edge.lane.EdgeLife;
import io.millrace.edge.lane.LifeKeeper;
import io.millrace.edge.outbound.DeliveryDispatcher;
import io.millrace.edge.protocol.AskLimits;
import io.millrace.edge.protocol.AskReader;
import io.millrace.edge.protocol.Fingerprints;
import io.millrace.edge.protocol.GroupAskReader;
import io.millrace.edge.protocol.JoinLinks;
import io.millrace.edge.session.SessionMetrics;
import io.millrace.edge.session.SessionRegistry;
import io.millrace.edge.session.SessionServices;
import io.millrace.edge.session.SharedRates;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.record.UserKey;
import io.millrace.service.admin.AdminServer;
import io.millrace.service.admin.Health;
import io.millrace.service.auth.AuthConfig;
import io.millrace.service.auth.DevelopmentTokens;
import io.millrace.service.auth.Revocations;
import io.millrace.service.auth.TokenVerifier;
import io.millrace.service.bodies.BodyKeys;
import io.millrace.service.lifecycle.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/** Builds an edge out of its parts, starts them in order and stops them in reverse order. */
public final class EdgeApplication implements Service {
    private static final int MAX_MENTIONS = 100;
    private static final int MAX_USERS = 1000;
    private static final int COMMAND_QUEUE = 20_000;
    private static final int SESSION_QUEUE = 50_000;
    private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(2);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CurrentLife life = new CurrentLife();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Producer<String, SpecificRecord> commandProducer;
    private final Producer<String, SpecificRecord> sessionProducer;
    private final LogWriter commandWriter;
    private final LogWriter sessionWriter;
    private final PendingCommands pending;
    private final Revocations revocations;
    private final BodyKeys bodyKeys;
    private final Authenticator authenticator;
    private final SessionRegistry sessions;
    private final LifeKeeper keeper;
    private final Housekeeping housekeeping;
    private final EdgeServer server;
    private final Drain drain;
    private final Health health;
    private final AdminServer admin;

    public EdgeApplication(EdgeConfig config) {
        var clock = Clock.systemUTC();
        var kafka = config.kafka();
        var serdes = kafka.serdes();
        commandProducer = Producers.commands(kafka.producer(), serdes.serializer(SpecificRecord.class));
        sessionProducer = Producers.sessions(kafka.producer(), serdes.serializer(SpecificRecord.class));
        commandWriter = new LogWriter("command-writer", commandProducer, COMMAND_QUEUE);
        sessionWriter = new LogWriter("session-writer", sessionProducer, SESSION_QUEUE);
        pending = new PendingCommands(config.commands());
        revocations = new Revocations(kafka.consumer(), serdes.deserializer(Revocation.class));
        bodyKeys = new BodyKeys(kafka.consumer(), serdes.deserializer(UserKey.class));
        authenticator = new Authenticator(new TokenVerifier(issuers(config), clock), revocations::isRevoked);

        var key = Objects.requireNonNull(config.fingerprintKey(), "checked by EdgeConfig");
        var fingerprints = new Fingerprints(key.value());
        var limits = new AskLimits(config.sessions().maxBodyBytes(), MAX_MENTIONS, MAX_USERS);
        var gate =
                new CommandGate(life, pending, commandWriter, fingerprints, sealingKeys(config, clock), clock, metrics);
        var services = new SessionServices(
                config.sessions(),
                authenticator,
                gate,
                new SessionLog(sessionWriter),
                life,
                new AskReader(limits),
                new GroupAskReader(limits, new JoinLinks(fingerprints)),
                new SharedRates(config.sessions(), System.nanoTime()),
                new SessionMetrics(metrics),
                System::nanoTime,
                clock);
        sessions = new SessionRegistry(services, metrics);
        keeper = new LifeKeeper(
                config.lane(),
                kafka.consumer(),
                serdes.deserializer(Delivery.class),
                sessionProducer,
                life,
                new DeliveryDispatcher(sessions, pending, bodyKeys, clock, metrics),
                this::onLifeEnded,
                metrics);
        housekeeping = new Housekeeping(sessions, pending);
        server = new EdgeServer(
                config.http(), config.timeline(), services, sessions, developmentTokens(config, clock), metrics);
        drain = new Drain(config.drain(), server, sessions, pending);
        health = health();
        admin = new AdminServer(config.admin().host(), config.admin().port(), health, metrics);
    }

    private Health health() {
        var checks = new Health();
        checks.addLiveness("housekeeping", housekeeping::isAlive);
        checks.addReadiness("revocations", revocations::isReady);
        checks.addReadiness("keys", bodyKeys::isReady);
        checks.addReadiness("lane", life::isReady);
        checks.addReadiness("not-draining", () -> !closed.get());
        return checks;
    }

    private SealingKeys sealingKeys(EdgeConfig config, Clock clock) {
        if (!config.encryptBodies()) {
            return SealingKeys.unused(bodyKeys.ring()::isErased);
        }
        var made = new MadeKeys(bodyKeys.ring(), commandWriter, clock);
        bodyKeys.onChange(made::onChange);
        return made;
    }

    private static AuthConfig issuers(EdgeConfig config) {
        var issuers = new ArrayList<>(config.auth().issuers());
        var secret = config.developmentTokens().secret();
        if (config.developmentTokens().enabled() && secret != null) {
            issuers.add(DevelopmentTokens.issuer(secret));
        }
        return new AuthConfig(issuers, config.auth().clockLeeway());
    }

    private static Optional<DevelopmentTokens> developmentTokens(EdgeConfig config, Clock clock) {
        var settings = config.developmentTokens();
        return settings.enabled() && settings.secret() != null
                ? Optional.of(new DevelopmentTokens(settings.secret(), clock, settings.life()))
                : Optional.empty();
    }

    private void onLifeEnded(EdgeLife ended, String why) {
        pending.forgetAll();
        sessions.endAll(drain::jitteredReconnectMs);
    }

    @Override
    public void start() {
        admin.start();
        revocations.onChange(sessions::onRevocations);
        revocations.start();
        bodyKeys.start();
        housekeeping.start();
        keeper.start();
        server.start();
    }

    @Override
    public boolean isLive() {
        return health.isLive();
    }

    /** The port of the public listener. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() throws Exception {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        drain.run();
        commandWriter.close();
        keeper.close();
        sessionWriter.close();
        server.close();
        housekeeping.close();
        commandProducer.close(PRODUCER_CLOSE);
        sessionProducer.close(PRODUCER_CLOSE);
        authenticator.close();
        revocations.close();
        bodyKeys.close();
        admin.close();
    }
}
