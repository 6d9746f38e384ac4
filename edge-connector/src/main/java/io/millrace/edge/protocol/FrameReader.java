package io.millrace.edge.protocol;

import io.millrace.schemas.id.DeviceId;
import io.millrace.schemas.id.InvalidIdException;
import org.jspecify.annotations.Nullable;

/** Reads frames: strict JSON, a known {@code type}, and the fields of the frames that are no asks. Stateless. */
public final class FrameReader {
    private FrameReader() {}

    /** What a device says of itself when it opens a session. The token never shows. */
    public record Hello(
            String token, DeviceId device, @Nullable Long attempt) {
        @Override
        public String toString() {
            return "Hello[device=" + device + ", attempt=" + attempt + "]";
        }
    }

    /** Entries taken over through {@code position}; {@code stored} is the device's own contiguous cursor. */
    public record Ack(long position, @Nullable Long stored) {}

    /** Outcome of reading a frame: the frame, or why not, with the {@code ref} as far as it could be read. */
    public record Result(
            @Nullable ClientFrame frame,
            @Nullable RefusedException refused,
            @Nullable Long ref) {}

    /** Never throws: what is refused is refused with the {@code ref} that it carried. */
    public static Result read(byte[] utf8) {
        Long ref = null;
        try {
            var json = StrictJson.read(utf8);
            var fields = json.fields();
            ref = fields.optionalInteger("ref");
            var type = fields.optionalText("type");
            if (type == null) {
                throw new RefusedException(ErrorCode.BAD_FRAME, "type is missing");
            }
            return new Result(new ClientFrame(type(type), ref, json), null, ref);
        } catch (RefusedException e) {
            return new Result(null, e, ref);
        }
    }

    public static Hello hello(ClientFrame frame) throws RefusedException {
        var fields = frame.json().fields();
        try {
            return new Hello(
                    fields.text("token"), new DeviceId(fields.text("device")), fields.optionalInteger("attempt", 0));
        } catch (InvalidIdException e) {
            throw Fields.invalid("device: " + e.getMessage());
        }
    }

    public static String token(ClientFrame frame) throws RefusedException {
        return frame.json().fields().text("token");
    }

    public static Ack ack(ClientFrame frame) throws RefusedException {
        var fields = frame.json().fields();
        return new Ack(fields.integer("position", 0), fields.optionalInteger("stored", 0));
    }

    private static ClientFrame.Type type(String type) throws RefusedException {
        return switch (type) {
            case "hello" -> ClientFrame.Type.HELLO;
            case "auth" -> ClientFrame.Type.AUTH;
            case "send" -> ClientFrame.Type.SEND;
            case "edit" -> ClientFrame.Type.EDIT;
            case "recall" -> ClientFrame.Type.RECALL;
            case "react" -> ClientFrame.Type.REACT;
            case "read" -> ClientFrame.Type.READ;
            case "settings" -> ClientFrame.Type.SETTINGS;
            case "delete" -> ClientFrame.Type.DELETE;
            case "block" -> ClientFrame.Type.BLOCK;
            case "unblock" -> ClientFrame.Type.UNBLOCK;
            case "unschedule" -> ClientFrame.Type.UNSCHEDULE;
            case "typing" -> ClientFrame.Type.TYPING;
            case "presence" -> ClientFrame.Type.PRESENCE;
            case "ack" -> ClientFrame.Type.ACK;
            case "ping" -> ClientFrame.Type.PING;
            default -> throw new RefusedException(ErrorCode.UNKNOWN_TYPE, "this type of frame is not known");
        };
    }
}
