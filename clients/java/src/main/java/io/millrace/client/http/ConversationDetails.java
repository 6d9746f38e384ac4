package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands.
 *
 * @param members role by user, in the server's order
 */
public record ConversationDetails(
        String conversation,
        String kind,
        @Nullable String title,
        Map<String, String> members,
        long lastSeq,
        long lastVersion) {

    static ConversationDetails read(String conversation, JsonNode node) {
        var members = new LinkedHashMap<String, String>();
        for (JsonNode member : node.path("members")) {
            String role = Json.textOrNull(member, "role");
            members.put(Json.text(member, "user"), role == null ? "" : role);
        }
        return new ConversationDetails(
                conversation,
                Json.text(node, "kind"),
                Json.textOrNull(node, "title"),
                members,
                Json.number(node, "lastSeq", 0),
                Json.number(node, "lastVersion", 0));
    }
}
