package io.millrace.edge.inbound;

import io.millrace.schemas.id.DeviceId;
import io.millrace.schemas.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param device null over HTTP
 * @param session null over HTTP
 * @param service whether the token is a service's
 */
public record Asker(
        UserId user, @Nullable DeviceId device, @Nullable String session, boolean service) {
    /** A user over HTTP. */
    public static Asker overHttp(UserId user, boolean service) {
        return new Asker(user, null, null, service);
    }

    /** The same with what another token of the user allows. */
    public Asker withService(boolean allowed) {
        return new Asker(user, device, session, allowed);
    }
}
