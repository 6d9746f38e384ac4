package io.millrace.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A registry behind Confluent's REST API (Confluent's own, Apicurio's {@code /apis/ccompat/v7}, Karapace). One request
 * per new schema or id, then none. Base URLs are tried in turn. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the REST API</a>
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int CONFLICT = 409;
    private static final int CONFLICTS = 3;
    private static final long CONFLICT_PAUSE_MS = 100;

    private final List<String> urls;
    private final boolean register;
    private final RegistryAccess access;
    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    private final AtomicInteger preferred = new AtomicInteger();
    private final Map<String, Map<Schema, Integer>> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * @param urls comma-separated base URLs
     * @param register whether unknown schemas are registered; off, they are only looked up and must be there
     */
    public HttpSchemaRegistry(String urls, boolean register) {
        this(urls, register, RegistryAccess.OPEN);
    }

    /** @param configs may hold {@link SerdeConfig#BASIC_AUTH} and {@link SerdeConfig#TRUST_STORE} */
    public HttpSchemaRegistry(String urls, boolean register, Map<String, ?> configs) {
        this(urls, register, RegistryAccess.of(configs));
    }

    HttpSchemaRegistry(String urls, boolean register, RegistryAccess access) {
        this.urls = List.of(urls.split("\\s*,\\s*"));
        this.register = register;
        this.access = access;
        this.http = access.client(TIMEOUT);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        var known = ids.computeIfAbsent(subject, s -> new ConcurrentHashMap<>());
        var id = known.get(schema);
        if (id == null) {
            var answer = ask(subject, schema);
            if (isStranger(answer.status())) {
                throw new SchemaRefusedException(whoWeAre(answer.status()) + "; there is no id for subject " + subject);
            }
            if (answer.status() != 200) {
                throw new SchemaRefusedException("the registry refused the schema of subject " + subject + ": "
                        + answer.body().path("error_code").asInt() + " "
                        + answer.body().path("message").asText());
            }
            if (!answer.body().path("id").isInt()) {
                throw new RegistryUnavailableException("what answers for the registry gave no id for " + subject);
            }
            id = answer.body().path("id").intValue();
            known.put(schema, id);
            schemas.putIfAbsent(id, schema);
        }
        return id;
    }

    /** Two that register the same schema at once: one of them may be told of a conflict, and finds it there then. */
    private Answer ask(String subject, Schema schema) {
        var lookUp = "/subjects/" + encode(subject);
        var body = Map.of("schema", schema.toString());
        if (!register) {
            return post("POST", lookUp, body);
        }
        var answer = post("POST", lookUp + "/versions", body);
        for (int attempt = 0; answer.status() == CONFLICT && attempt < CONFLICTS; attempt++) {
            pause();
            var found = post("POST", lookUp, body);
            answer = found.status() == 200 ? found : post("POST", lookUp + "/versions", body);
        }
        return answer;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(CONFLICT_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the schema registry", e);
        }
    }

    @Override
    public Schema byId(int id) {
        var schema = schemas.get(id);
        if (schema == null) {
            var answer = send(HttpRequest.newBuilder().GET(), "/schemas/ids/" + id);
            if (answer.status() == 404 && answer.body().path("error_code").asInt() == SCHEMA_NOT_FOUND) {
                throw new PoisonRecordException(
                        PoisonRecordException.Cause.UNKNOWN_SCHEMA, "the registry has no schema with id " + id);
            }
            if (isStranger(answer.status())) {
                throw new RegistryUnavailableException(whoWeAre(answer.status()));
            }
            if (answer.status() != 200) {
                throw new RegistryUnavailableException("the registry answered " + answer.status() + " for id " + id);
            }
            try {
                schema = new Schema.Parser().parse(answer.body().path("schema").asText());
            } catch (SchemaParseException e) {
                throw new PoisonRecordException(
                        PoisonRecordException.Cause.UNKNOWN_SCHEMA, "schema " + id + " is no Avro schema", e);
            }
            schemas.put(id, schema);
        }
        return schema;
    }

    /** Sets the compatibility that later schemas of every subject are held to, for example {@code FULL_TRANSITIVE}. */
    public void setCompatibility(String level) {
        var answer = post("PUT", "/config", Map.of("compatibility", level));
        if (answer.status() != 200) {
            throw new SchemaRefusedException("the registry refused compatibility " + level + ": " + answer.status());
        }
    }

    /** Removes every subject whose name begins so, for good. Returns how many there were. */
    public int deleteSubjects(String prefix) {
        var answer = send(HttpRequest.newBuilder().GET(), "/subjects");
        if (answer.status() != 200 || !answer.body().isArray()) {
            throw new SchemaRefusedException("the registry does not list its subjects: " + answer.status());
        }
        int deleted = 0;
        for (var subject : answer.body()) {
            if (subject.asText().startsWith(prefix)) {
                delete(subject.asText());
                deleted++;
            }
        }
        return deleted;
    }

    /** A registry removes for good only what was removed before; one that knows a single kind has nothing left then. */
    private void delete(String subject) {
        for (var path : List.of("/subjects/" + encode(subject), "/subjects/" + encode(subject) + "?permanent=true")) {
            int status = send(HttpRequest.newBuilder().DELETE(), path).status();
            if (status != 200 && status != 404) {
                throw new SchemaRefusedException("the registry does not delete subject " + subject + ": " + status);
            }
        }
        ids.remove(subject);
    }

    private Answer post(String method, String path, Map<String, String> body) {
        try {
            var publisher = HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body));
            return send(HttpRequest.newBuilder().header("Content-Type", JSON).method(method, publisher), path);
        } catch (IOException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    private Answer send(HttpRequest.Builder request, String path) {
        access.authorization().ifPresent(given -> request.header("Authorization", given));
        IOException last = null;
        for (int i = 0; i < urls.size(); i++) {
            int which = (preferred.get() + i) % urls.size();
            try {
                var uri = URI.create(urls.get(which) + path);
                var response = http.send(
                        request.copy()
                                .uri(uri)
                                .timeout(TIMEOUT)
                                .header("Accept", JSON)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() >= 500 || response.statusCode() == 429) {
                    last = new IOException("status " + response.statusCode());
                    continue;
                }
                preferred.set(which);
                boolean stranger = isStranger(response.statusCode());
                return new Answer(
                        response.statusCode(), stranger ? MissingNode.getInstance() : mapper.readTree(response.body()));
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailableException("interrupted while asking the schema registry", e);
            }
        }
        throw new RegistryUnavailableException(
                "no schema registry of " + urls + " answers", last == null ? new IOException("no URL") : last);
    }

    /** Whatever else it says with that, it is not about a schema. */
    private static boolean isStranger(int status) {
        return status == 401 || status == 403;
    }

    private static String whoWeAre(int status) {
        return "the schema registry refuses us with " + status + "; " + SerdeConfig.BASIC_AUTH + " says who we are";
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }

    private record Answer(int status, JsonNode body) {}
}
