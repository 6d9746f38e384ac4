package io.millrace.client.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The frames a client writes of its own accord; commands are written by the outbox. */
public final class Frames {
    private Frames() {}

    public static ObjectNode hello(String token, String device, long attempt) {
        return typed("hello").put("token", token).put("device", device).put("attempt", attempt);
    }

    public static ObjectNode auth(String token) {
        return typed("auth").put("token", token);
    }

    public static ObjectNode ping() {
        return typed("ping");
    }

    /**
     * @param position everything pushed to this session through here has been taken over
     * @param stored everything through here is on the device
     */
    public static ObjectNode ack(long position, long stored) {
        return typed("ack").put("position", position).put("stored", stored);
    }

    public static ObjectNode typing(String conversation) {
        return typed("typing").put("conversation", conversation);
    }

    /** Asks who of a conversation is there. */
    public static ObjectNode presence(String conversation) {
        return typed("presence").put("conversation", conversation);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
