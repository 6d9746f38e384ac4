package io.millrace.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.frame.Json;

/**
 * Somebody whom the user keeps.
 *
 * @param alias what the user calls it; empty for none
 * @param contact false where it was taken out
 */
public record Contact(String user, String alias, boolean contact) {
    static Contact read(JsonNode node) {
        String alias = Json.textOrNull(node, "alias");
        return new Contact(Json.text(node, "user"), alias == null ? "" : alias, Json.flag(node, "contact"));
    }
}
