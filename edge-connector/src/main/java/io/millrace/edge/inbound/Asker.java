package io.millrace.edge.inbound;

import io.millrace.schemas.id.DeviceId;
import io.millrace.schemas.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param device null over HTTP
 * @param session null over HTTP
 */
public record Asker(
        UserId user, @Nullable DeviceId device, @Nullable String session) {
    /** A user over HTTP. */
    public static Asker overHttp(UserId user) {
        return new Asker(user, null, null);
    }
}
