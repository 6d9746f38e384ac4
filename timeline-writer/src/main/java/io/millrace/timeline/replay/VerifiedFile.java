package io.millrace.timeline.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.record.Hash128;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.timeline.TimelineHead;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Keeps how far the log was found equal: JSON lines, compressed; first what it is of, then each partition and its heads. */
final class VerifiedFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private VerifiedFile() {}

    /** Replaces the file as a whole. */
    static void write(VerifiedLog log, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var draft = file.resolveSibling(file.getFileName() + ".new");
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(draft)), StandardCharsets.UTF_8))) {
            line(out, JSON.createObjectNode().put("keyspace", log.keyspace()).put("epoch", log.epoch()));
            for (var each : log.partitions().entrySet()) {
                line(
                        out,
                        JSON.createObjectNode()
                                .put("partition", each.getKey())
                                .put("offset", each.getValue().offset()));
                for (var head : each.getValue().conversations().entrySet()) {
                    line(out, json(head.getKey(), head.getValue()));
                }
                for (var head : each.getValue().timelines().entrySet()) {
                    line(out, json(head.getKey(), head.getValue()));
                }
            }
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void line(BufferedWriter out, ObjectNode json) throws IOException {
        out.write(JSON.writeValueAsString(json));
        out.write('\n');
    }

    private static ObjectNode json(String conversation, ConversationHead head) {
        return JSON.createObjectNode()
                .put("conversation", conversation)
                .put("version", head.version())
                .put("seq", head.seq())
                .put("stamp", head.stamp())
                .put("hash", text(head.hash()))
                .put("offset", head.offset());
    }

    private static ObjectNode json(String user, TimelineHead head) {
        return JSON.createObjectNode()
                .put("user", user)
                .put("epoch", head.epoch())
                .put("position", head.position())
                .put("oldest", head.oldest())
                .put("stamp", head.stamp())
                .put("hash", text(head.hash()))
                .put("offset", head.offset());
    }

    private static @Nullable String text(@Nullable Hash128 hash) {
        return hash == null ? null : HexFormat.of().formatHex(hash.bytes());
    }

    private static @Nullable Hash128 hash(JsonNode json) {
        var hash = json.path("hash");
        return hash.isTextual() ? new Hash128(HexFormat.of().parseHex(hash.asText())) : null;
    }

    /** Empty where there is no such file. */
    static Optional<VerifiedLog> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            var first = JSON.readTree(in.readLine());
            var partitions = new HashMap<String, VerifiedPartition>();
            var partition = "";
            long offset = 0;
            Map<String, ConversationHead> conversations = new HashMap<>();
            Map<String, TimelineHead> timelines = new HashMap<>();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var json = JSON.readTree(line);
                if (json.has("partition")) {
                    if (!partition.isEmpty()) {
                        partitions.put(partition, new VerifiedPartition(offset, conversations, timelines));
                        conversations.clear();
                        timelines.clear();
                    }
                    partition = json.path("partition").asText();
                    offset = json.path("offset").asLong();
                } else if (json.has("conversation")) {
                    conversations.put(json.path("conversation").asText(), conversation(json));
                } else {
                    timelines.put(json.path("user").asText(), timeline(json));
                }
            }
            if (!partition.isEmpty()) {
                partitions.put(partition, new VerifiedPartition(offset, conversations, timelines));
            }
            return Optional.of(new VerifiedLog(
                    first.path("keyspace").asText(), first.path("epoch").asText(), partitions));
        }
    }

    private static ConversationHead conversation(JsonNode json) {
        return new ConversationHead(
                json.path("version").asLong(),
                json.path("seq").asLong(),
                json.path("stamp").asLong(),
                hash(json),
                json.path("offset").asLong());
    }

    private static TimelineHead timeline(JsonNode json) {
        return new TimelineHead(
                json.path("epoch").asText(),
                json.path("position").asLong(),
                json.path("oldest").asLong(),
                json.path("stamp").asLong(),
                hash(json),
                json.path("offset").asLong());
    }
}
