package io.millrace.edge;

import io.millrace.edge.http.HttpSettings;
import io.millrace.edge.http.TimelineSettings;
import io.millrace.edge.inbound.CommandLimits;
import io.millrace.edge.lane.LaneSettings;
import io.millrace.edge.session.SessionLimits;
import io.millrace.service.auth.AuthConfig;
import io.millrace.service.config.ConfigException;
import io.millrace.service.config.Secret;
import io.millrace.service.kafka.KafkaClientConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an edge; none is reloadable. Everything but the keys has a default that suits the local stack.
 *
 * @param http the public listener
 * @param admin the admin port; default 127.0.0.1:27280
 * @param kafka the log and the registry
 * @param timeline where the pull API is
 * @param auth whose tokens are honoured
 * @param developmentTokens tokens for whoever asks, on loopback only; default off
 * @param fingerprintKey secret of at least 16 characters, the same on all edges; where development tokens are on it
 *     defaults to their secret
 * @param encryptBodies whether bodies are encrypted with a key of their author before they enter the log, so that the
 *     author can be erased; the same on all edges; default true
 * @param lane how the edge lives in the log
 * @param sessions what a session may do
 * @param commands bounds of what is accepted but undecided
 * @param drain how the edge goes
 */
public record EdgeConfig(
        HttpSettings http,
        Admin admin,
        KafkaClientConfig kafka,
        TimelineSettings timeline,
        AuthConfig auth,
        Development developmentTokens,
        @Nullable Secret fingerprintKey,
        Boolean encryptBodies,
        LaneSettings lane,
        SessionLimits sessions,
        CommandLimits commands,
        Drain drain) {
    @SuppressWarnings("NullAway") // what is not given arrives as null and leaves as its default
    public EdgeConfig {
        http = http == null ? new HttpSettings(null, null, null, null, 0, 0, null, null, null) : http;
        admin = admin == null ? new Admin(null, null) : admin;
        kafka = kafka == null ? new KafkaClientConfig(null, null, null, null, null) : kafka;
        timeline = timeline == null ? new TimelineSettings(null, null, 0) : timeline;
        auth = auth == null ? new AuthConfig(List.of(), Duration.ofSeconds(30)) : auth;
        developmentTokens = developmentTokens == null ? new Development(false, null, null) : developmentTokens;
        encryptBodies = encryptBodies == null ? Boolean.TRUE : encryptBodies;
        lane = lane == null ? LaneSettings.defaults() : lane;
        sessions = sessions == null ? SessionLimits.defaults() : sessions;
        commands = commands == null ? CommandLimits.defaults() : commands;
        drain = drain == null ? new Drain(null, null) : drain;
        if (developmentTokens.enabled() && !http.isLoopback()) {
            throw new ConfigException("developmentTokens.enabled needs http.host on loopback, for example 127.0.0.1");
        }
        if (!developmentTokens.enabled() && auth.issuers().isEmpty()) {
            throw new ConfigException("auth.issuers names whose tokens are honoured, or developmentTokens is enabled");
        }
        if (fingerprintKey == null) {
            fingerprintKey = developmentTokens.secret();
        }
        if (fingerprintKey == null || fingerprintKey.value().length() < 16) {
            throw new ConfigException("fingerprintKey is a secret of at least 16 characters, the same on all edges");
        }
    }

    /**
     * Health and metrics.
     *
     * @param host address to bind; default 127.0.0.1
     * @param port port of health and metrics; default 27280
     */
    public record Admin(String host, Integer port) {
        public Admin {
            host = host == null ? "127.0.0.1" : host;
            port = port == null ? 27280 : port;
        }
    }

    /**
     * Development tokens.
     *
     * @param enabled whether whoever asks gets a token; needs a loopback address; default false
     * @param secret at least 32 bytes, shared with the timeline service
     * @param life how long a token is good; default 12 h
     */
    public record Development(boolean enabled, @Nullable Secret secret, Duration life) {
        public Development {
            life = life == null ? Duration.ofHours(12) : life;
            if (enabled && (secret == null || secret.bytes().length < 32)) {
                throw new ConfigException("developmentTokens.secret has at least 32 bytes");
            }
        }
    }

    /**
     * A planned end.
     *
     * @param over sessions are closed over that time, jittered; default 3 s
     * @param reconnectAfterMax upper bound of what clients are told to wait; default 5 s
     */
    public record Drain(Duration over, Duration reconnectAfterMax) {
        public Drain {
            over = over == null ? Duration.ofSeconds(3) : over;
            reconnectAfterMax = reconnectAfterMax == null ? Duration.ofSeconds(5) : reconnectAfterMax;
        }
    }
}
