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
 * @param announcement groups: what is shown to all members; null for none
 * @param joinRule groups: {@code invitation} or {@code open}
 * @param links end (epoch milliseconds) by id of the links that open the group; empty but for owner and admins
 */
public record ConversationDetails(
        String conversation,
        String kind,
        @Nullable String title,
        Map<String, String> members,
        long lastSeq,
        long lastVersion,
        @Nullable String announcement,
        @Nullable String joinRule,
        Map<String, Long> links) {

    static ConversationDetails read(String conversation, JsonNode node) {
        var members = new LinkedHashMap<String, String>();
        for (JsonNode member : node.path("members")) {
            String role = Json.textOrNull(member, "role");
            members.put(Json.text(member, "user"), role == null ? "" : role);
        }
        var links = new LinkedHashMap<String, Long>();
        for (JsonNode link : node.path("links")) {
            links.put(Json.text(link, "id"), Json.number(link, "until"));
        }
        return new ConversationDetails(
                conversation,
                Json.text(node, "kind"),
                Json.textOrNull(node, "title"),
                members,
                Json.number(node, "lastSeq", 0),
                Json.number(node, "lastVersion", 0),
                Json.textOrNull(node, "announcement"),
                Json.textOrNull(node, "joinRule"),
                links);
    }
}
