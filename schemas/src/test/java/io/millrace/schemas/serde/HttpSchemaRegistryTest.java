package io.millrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.schemas.record.Epoch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How each answer of a registry is taken; against a real registry it is tested in local-stack. */
@Timeout(30)
class HttpSchemaRegistryTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String url;
    private volatile int status = 200;
    private volatile int registering;
    private volatile String body = "{\"id\":7}";

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean registers = exchange.getRequestURI().getPath().endsWith("/versions");
            exchange.sendResponseHeaders(registers && registering != 0 ? registering : status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldDeleteForGoodWhatBeginsSoAndNothingElse() {
        // Given
        body = "[\"commands-value\",\"shadow-a-inbox-value\",\"shadow-b-inbox-value\"]";

        // When
        int deleted = new HttpSchemaRegistry(url, false).deleteSubjects("shadow-a-");

        // Then
        assertThat(deleted).isEqualTo(1);
        assertThat(requests)
                .containsExactly(
                        "GET /apis/ccompat/v7/subjects",
                        "DELETE /apis/ccompat/v7/subjects/shadow-a-inbox-value",
                        "DELETE /apis/ccompat/v7/subjects/shadow-a-inbox-value?permanent=true");
    }

    @Test
    void shouldSayThatARegistryDoesNotDelete() {
        // Given
        status = 405;
        body = "[]";

        // When
        var deletes = new HttpSchemaRegistry(url, false);

        // Then
        assertThatThrownBy(() -> deletes.deleteSubjects("shadow-a-"))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("405");
    }

    @Test
    void shouldRegisterOnceAndRememberBothWays() {
        // Given
        var registry = new HttpSchemaRegistry(url, true);

        // When
        int first = registry.idOf("epochs-value", Epoch.SCHEMA$);
        int again = registry.idOf("epochs-value", Epoch.SCHEMA$);
        var schema = registry.byId(7);

        // Then
        assertThat(new int[] {first, again}).containsExactly(7, 7);
        assertThat(schema).isEqualTo(Epoch.SCHEMA$);
        assertThat(requests).containsExactly("POST /apis/ccompat/v7/subjects/epochs-value/versions");
    }

    @Test
    void shouldSayWhoWeAreWithEveryRequest() {
        // Given
        var registry = new HttpSchemaRegistry(url, true, Map.of(SerdeConfig.BASIC_AUTH, "edge:hunter2"));

        // When
        registry.idOf("epochs-value", Epoch.SCHEMA$);
        registry.idOf("inbox-value", Epoch.SCHEMA$);

        // Then
        var basic = "Basic " + Base64.getEncoder().encodeToString("edge:hunter2".getBytes(StandardCharsets.UTF_8));
        assertThat(authorizations).containsExactly(basic, basic);
        assertThat(RegistryAccess.of(Map.of(SerdeConfig.BASIC_AUTH, "edge:hunter2"))
                        .toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldTellOfARefusalWithoutSayingWhoWeAre(int refusal) {
        // Given
        status = refusal;
        registering = refusal;
        body = "who is there?";
        var registry = new HttpSchemaRegistry(url, true, Map.of(SerdeConfig.BASIC_AUTH, "edge:hunter2"));

        // Then
        assertThatThrownBy(() -> registry.idOf("epochs-value", Epoch.SCHEMA$))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("refuses us with " + refusal)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("refuses us with " + refusal);
    }

    @Test
    void shouldRefuseATrustStoreThatCannotBeUsed() {
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true, Map.of(SerdeConfig.TRUST_STORE, "/nowhere")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nowhere cannot be used");
    }

    @Test
    void shouldFindWhatAnotherRegistersAtTheSameTime() {
        // Given
        var registry = new HttpSchemaRegistry(url, true);
        registering = 409;

        // When
        int id = registry.idOf("epochs-value", Epoch.SCHEMA$);

        // Then
        assertThat(id).isEqualTo(7);
        assertThat(requests)
                .containsExactly(
                        "POST /apis/ccompat/v7/subjects/epochs-value/versions",
                        "POST /apis/ccompat/v7/subjects/epochs-value");
    }

    @Test
    void shouldOnlyLookUpWhenRegisteringIsOff() {
        // When
        new HttpSchemaRegistry(url, false).idOf("a/b-value", Epoch.SCHEMA$);

        // Then
        assertThat(requests).containsExactly("POST /apis/ccompat/v7/subjects/a%2Fb-value");
    }

    @ParameterizedTest
    @CsvSource({"409,40901", "422,42201", "404,40401", "401,401", "403,403"})
    void shouldTellARefusalOfASchema(int given, int code) {
        // Given
        status = given;
        body = "{\"error_code\":" + code + ",\"message\":\"no\"}";

        // Then
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).idOf("epochs-value", Epoch.SCHEMA$))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("epochs-value")
                .hasMessageContaining(String.valueOf(code));
    }

    @Test
    void shouldCallAnUnknownIdPoisonOnlyWhenTheRegistrySaysSo() {
        // Given
        status = 404;
        body = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

        // Then
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).byId(9)).isInstanceOf(PoisonRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 401, 403, 404})
    void shouldCallEveryOtherFailureAnOutage(int given) {
        // Given
        status = given;
        body = "{}";

        // Then
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).byId(9))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 503})
    void shouldCallAProxysPageAnOutage(int given) {
        // Given
        status = given;
        body = "<html>maintenance</html>";

        // Then
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).byId(9))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).idOf("s", Epoch.SCHEMA$))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"seven\"}", "{\"id\":null}", "[]", ""})
    void shouldNotTakeAnAnswerWithoutAnIdForOne(String given) {
        // Given
        body = given;

        // Then
        assertThatThrownBy(() -> new HttpSchemaRegistry(url, true).idOf("s", Epoch.SCHEMA$))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldTryTheNextUrlWhenOneIsDown() {
        // Given
        var registry = new HttpSchemaRegistry("http://127.0.0.1:1, " + url, true);

        // When
        int id = registry.idOf("epochs-value", Epoch.SCHEMA$);

        // Then
        assertThat(id).isEqualTo(7);
    }

    @Test
    void shouldNotRememberAFailure() {
        // Given
        var registry = new HttpSchemaRegistry(url, true);
        status = 503;
        assertThatThrownBy(() -> registry.idOf("s", Epoch.SCHEMA$)).isInstanceOf(RegistryUnavailableException.class);

        // When
        status = 200;
        int id = registry.idOf("s", Epoch.SCHEMA$);

        // Then
        assertThat(id).isEqualTo(7);
    }
}
