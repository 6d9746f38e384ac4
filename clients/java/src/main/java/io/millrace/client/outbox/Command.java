package io.millrace.client.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a conversation: the content that stays the same in every retry, without key and {@code ref}.
 *
 * @param fields the fields of the frame
 */
public record Command(String type, Recipient to, ObjectNode fields) {
    /** Type, ref and key, generously. */
    private static final int ENVELOPE_BYTES = 200;

    public static Command send(Recipient to, JsonNode body, @Nullable Long replyTo, List<String> mentions) {
        return send(to, body, SendOptions.NONE.replyingTo(replyTo).mentioning(mentions));
    }

    public static Command send(Recipient to, JsonNode body, SendOptions options) {
        ObjectNode fields = Json.object();
        if (to instanceof Recipient.User user) {
            fields.putObject("to").put("user", user.user());
        } else if (to instanceof Recipient.Conversation conversation) {
            fields.putObject("to").put("conversation", conversation.conversation());
        }
        fields.set("body", body);
        options.writeTo(fields);
        return new Command("send", to, fields);
    }

    /** Takes a message back that waits for its time; {@code version} is that of its {@code scheduled} event. */
    public static Command unschedule(String conversation, long version) {
        ObjectNode fields = Json.object().put("conversation", conversation).put("version", version);
        return new Command("unschedule", Recipient.conversation(conversation), fields);
    }

    public static Command edit(String conversation, long seq, JsonNode body) {
        Command command = about("edit", conversation, seq);
        command.fields.set("body", body);
        return command;
    }

    public static Command recall(String conversation, long seq) {
        return about("recall", conversation, seq);
    }

    public static Command react(String conversation, long seq, String emoji, boolean add) {
        Command command = about("react", conversation, seq);
        command.fields.put("emoji", emoji).put("op", add ? "add" : "remove");
        return command;
    }

    public static Command read(String conversation, long seq) {
        return about("read", conversation, seq);
    }

    /** Deletes a message for the user alone. */
    public static Command delete(String conversation, long seq) {
        return about("delete", conversation, seq);
    }

    /** @param changes those of {@code muted, pinned, hidden, clearedSeq, draft, contact, alias, invisible} that change */
    public static Command settings(String conversation, ObjectNode changes) {
        ObjectNode fields = Json.object().put("conversation", conversation);
        fields.setAll(changes);
        return new Command("settings", Recipient.conversation(conversation), fields);
    }

    /** @param block false takes the other one's messages again */
    public static Command block(String user, boolean block) {
        return new Command(
                block ? "block" : "unblock", Recipient.user(user), Json.object().put("user", user));
    }

    /** True if no server with these limits takes it, in bytes of JSON; a frame that is too large would end the session. */
    boolean exceeds(int maxBodyBytes, int maxFrameBytes) {
        JsonNode body = fields.get("body");
        return bytes(fields) + ENVELOPE_BYTES > maxFrameBytes || (body != null && bytes(body) > maxBodyBytes);
    }

    private static int bytes(JsonNode node) {
        return Json.write(node).getBytes(StandardCharsets.UTF_8).length;
    }

    /** A frame of this command; what it shares with the command is not changed by anybody. */
    ObjectNode frame(String clientMessageId, long ref) {
        ObjectNode frame = Json.object().put("type", type).put("ref", ref).put("clientMessageId", clientMessageId);
        frame.setAll(fields);
        return frame;
    }

    /** Without what somebody wrote. */
    @Override
    public String toString() {
        return "Command[" + type + " to " + to + "]";
    }

    private static Command about(String type, String conversation, long seq) {
        ObjectNode fields = Json.object().put("conversation", conversation).put("seq", seq);
        return new Command(type, Recipient.conversation(conversation), fields);
    }
}
