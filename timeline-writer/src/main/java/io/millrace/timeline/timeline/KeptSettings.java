package io.millrace.timeline.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.record.Settings;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a user keeps a conversation, stored as one JSON text. Shows no draft in {@code toString}.
 *
 * @param clearedSeq messages through here are not shown any more
 * @param draft JSON text of a body, empty for none
 * @param alias what the user calls the other one of a direct conversation, empty for none
 */
public record KeptSettings(
        boolean muted,
        boolean pinned,
        boolean hidden,
        long clearedSeq,
        String draft,
        boolean contact,
        String alias,
        boolean invisible) {
    /** Before anything was set. */
    public static final KeptSettings FIRST = new KeptSettings(false, false, false, 0, "", false, "", false);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static KeptSettings of(@Nullable Settings settings) {
        return settings == null
                ? FIRST
                : new KeptSettings(
                        settings.getMuted(),
                        settings.getPinned(),
                        settings.getHidden(),
                        settings.getClearedSeq(),
                        StandardCharsets.UTF_8
                                .decode(settings.getDraft().duplicate())
                                .toString(),
                        settings.getContact(),
                        settings.getAlias(),
                        settings.getInvisible());
    }

    /** What {@link #stored} gave; the first settings where nothing is stored. */
    public static KeptSettings read(@Nullable String stored) {
        if (stored == null || stored.isEmpty()) {
            return FIRST;
        }
        try {
            JsonNode node = MAPPER.readTree(stored);
            return new KeptSettings(
                    node.path("muted").asBoolean(),
                    node.path("pinned").asBoolean(),
                    node.path("hidden").asBoolean(),
                    node.path("clearedSeq").asLong(),
                    node.path("draft").asText(""),
                    node.path("contact").asBoolean(),
                    node.path("alias").asText(""),
                    node.path("invisible").asBoolean());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored settings are no JSON", e);
        }
    }

    /** Never null: the first settings overwrite earlier ones. */
    public String stored() {
        return equals(FIRST)
                ? ""
                : MAPPER.createObjectNode()
                        .put("muted", muted)
                        .put("pinned", pinned)
                        .put("hidden", hidden)
                        .put("clearedSeq", clearedSeq)
                        .put("draft", draft)
                        .put("contact", contact)
                        .put("alias", alias)
                        .put("invisible", invisible)
                        .toString();
    }

    @Override
    public String toString() {
        return "KeptSettings[muted=" + muted + ", pinned=" + pinned + ", hidden=" + hidden + ", clearedSeq="
                + clearedSeq + "]";
    }
}
