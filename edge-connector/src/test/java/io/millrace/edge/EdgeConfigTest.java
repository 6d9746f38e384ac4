package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that an edge must not run with. */
class EdgeConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> DEVELOPMENT = Map.of(
            "MILLRACE_EDGE_DEVELOPMENT_TOKENS_ENABLED", "true", "MILLRACE_EDGE_DEVELOPMENT_TOKENS_SECRET", SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "edge.example", "localhost.example"})
    void shouldRefuseDevelopmentTokensWhenOthersCanReachIt(String host) {
        assertThatThrownBy(() -> load(host))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("developmentTokens.enabled")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void shouldTakeDevelopmentTokensOnLoopback(String host) {
        assertThatCode(() -> load(host)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseToRunWhenNobodysTokensAreHonoured() {
        assertThatThrownBy(() -> new ConfigLoader("edge")
                        .load(EdgeConfig.class, List.of(), Map.of("MILLRACE_EDGE_FINGERPRINT_KEY", SECRET)))
                .hasMessageContaining("auth.issuers");
    }

    private static EdgeConfig load(String host) {
        var environment = new HashMap<>(DEVELOPMENT);
        environment.put("MILLRACE_EDGE_HTTP_HOST", host);
        return new ConfigLoader("edge").load(EdgeConfig.class, List.of(), environment);
    }
}
