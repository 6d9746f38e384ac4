package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What pages have in common. */
final class PageJson {
    /** How long a client waits before it asks again for what the store does not have yet. */
    static final int RETRY_AFTER_MS = 200;

    private PageJson() {}

    /** Writes parts that are JSON already. */
    static void array(JsonGenerator out, String field, PartList parts) throws IOException {
        out.writeArrayFieldStart(field);
        for (var part : parts.parts()) {
            out.writeRawValue(new String(part, StandardCharsets.UTF_8));
        }
        out.writeEndArray();
    }
}
