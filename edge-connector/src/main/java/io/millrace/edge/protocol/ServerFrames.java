package io.millrace.edge.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.Welcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Frames to clients, apart from entries, as UTF-8. Stateless. */
public final class ServerFrames {
    public static final byte[] PONG = "{\"type\":\"pong\"}".getBytes(StandardCharsets.UTF_8);

    private ServerFrames() {}

    public static byte[] welcome(Welcome welcome, long nowMs, long tokenExpiresAtMs, WelcomeLimits limits) {
        return frame("welcome", null, json -> {
            json.writeStringField("session", welcome.getSession());
            json.writeStringField("user", welcome.getUser());
            json.writeStringField("device", welcome.getDevice());
            json.writeStringField("epoch", welcome.getEpoch());
            json.writeNumberField("head", welcome.getHead());
            json.writeNumberField("now", nowMs);
            json.writeNumberField("tokenExpiresAt", tokenExpiresAtMs);
            json.writeNumberField("heartbeatSeconds", limits.heartbeatSeconds());
            json.writeObjectFieldStart("limits");
            json.writeNumberField("maxFrameBytes", limits.maxFrameBytes());
            json.writeNumberField("maxBodyBytes", limits.maxBodyBytes());
            json.writeNumberField("sendsPerSecond", limits.sendsPerSecond());
            json.writeNumberField("sessions", limits.sessions());
            json.writeEndObject();
        });
    }

    public static byte[] authed(@Nullable Long ref, long tokenExpiresAtMs) {
        return frame("authed", ref, json -> json.writeNumberField("tokenExpiresAt", tokenExpiresAtMs));
    }

    public static byte[] accepted(@Nullable Long ref, String clientMessageId) {
        return frame("accepted", ref, json -> json.writeStringField("clientMessageId", clientMessageId));
    }

    /** {@code typing}, {@code receipt}, {@code presence} or {@code transient}; empty for a kind that this build does not know. */
    public static Optional<byte[]> signal(Signal signal) {
        return switch (signal.getKind()) {
            case TYPING ->
                Optional.of(frame("typing", null, json -> {
                    json.writeStringField("conversation", signal.getConversation());
                    json.writeStringField("from", signal.getUser());
                }));
            case RECEIPT ->
                Optional.of(frame("receipt", null, json -> {
                    json.writeStringField("conversation", signal.getConversation());
                    json.writeStringField("user", signal.getUser());
                    if (signal.getDelivered() > 0) {
                        json.writeNumberField("delivered", signal.getDelivered());
                    }
                    if (signal.getRead() > 0) {
                        json.writeNumberField("read", signal.getRead());
                    }
                }));
            case PRESENCE ->
                Optional.of(frame("presence", null, json -> {
                    json.writeStringField("conversation", signal.getConversation());
                    json.writeStringField("user", signal.getUser());
                    json.writeStringField("state", signal.getOnline() ? "online" : "offline");
                    var since = signal.getSince();
                    number(json, "since", since == null ? null : since.toEpochMilli());
                }));
            case TRANSIENT ->
                Optional.of(frame("transient", null, json -> {
                    json.writeStringField("conversation", signal.getConversation());
                    json.writeStringField("from", signal.getUser());
                    json.writeNumberField("at", signal.getAt().toEpochMilli());
                    json.writeFieldName("body");
                    json.writeRawValue(StandardCharsets.UTF_8
                            .decode(signal.getBody().duplicate())
                            .toString());
                }));
            case ASK_PRESENCE, UNKNOWN -> Optional.empty();
        };
    }

    /** {@code posted} or {@code rejected}, over WebSocket with the command's {@code ref}, over HTTP without. */
    public static byte[] decision(@Nullable Long ref, Decision decision) {
        if (decision.getCode() == DecisionCode.POSTED) {
            return frame("posted", ref, json -> {
                text(json, "clientMessageId", decision.getClientMessageId());
                json.writeStringField("conversation", decision.getConversation());
                number(json, "seq", decision.getSeq());
                number(json, "version", decision.getVersion());
                text(json, "messageId", decision.getMessageId());
                json.writeNumberField("at", decision.getAt().toEpochMilli());
                flags(json, decision);
            });
        }
        return frame("rejected", ref, json -> {
            text(json, "clientMessageId", decision.getClientMessageId());
            json.writeStringField("code", ErrorCode.of(decision.getCode()).wire());
            json.writeStringField("message", reason(decision));
            flags(json, decision);
        });
    }

    /** The sentence that goes with a rejection. */
    public static String reason(Decision decision) {
        var reason = decision.getReason();
        return reason == null ? ErrorCode.of(decision.getCode()).wire() : reason;
    }

    public static byte[] error(@Nullable Long ref, ErrorCode code, String message, @Nullable Long retryAfterMs) {
        return frame("error", ref, json -> {
            json.writeStringField("code", code.wire());
            json.writeStringField("message", message);
            number(json, "retryAfterMs", retryAfterMs);
        });
    }

    public static byte[] pong(@Nullable Long ref) {
        return ref == null ? PONG : frame("pong", ref, json -> {});
    }

    public static byte[] goaway(long reconnectAfterMs) {
        return frame("goaway", null, json -> json.writeNumberField("reconnectAfterMs", reconnectAfterMs));
    }

    public static byte[] head(long head) {
        return frame("head", null, json -> json.writeNumberField("head", head));
    }

    private static void flags(JsonGenerator json, Decision decision) throws IOException {
        if (decision.getDuplicate()) {
            json.writeBooleanField("duplicate", true);
        }
        if (decision.getUnchanged()) {
            json.writeBooleanField("unchanged", true);
        }
        if (decision.getScheduled()) {
            json.writeBooleanField("scheduled", true);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    private static byte[] frame(String type, @Nullable Long ref, JsonText.Members members) {
        return JsonText.object(json -> {
            json.writeStringField("type", type);
            number(json, "ref", ref);
            members.writeTo(json);
        });
    }
}
