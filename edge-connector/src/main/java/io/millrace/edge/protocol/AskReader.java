package io.millrace.edge.protocol;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a strictly read object into an ask of this user, for frames and HTTP bodies alike. Thread-safe. */
public final class AskReader {
    private static final int MAX_EMOJI_CHARS = 64;
    private static final int MAX_ALIAS_CHARS = 64;

    private final AskLimits limits;

    public AskReader(AskLimits limits) {
        this.limits = limits;
    }

    public Ask.Send send(JsonDocument json, UserId user) throws RefusedException {
        var fields = json.fields();
        return new Ask.Send(
                AskFields.key(fields),
                recipient(fields, user),
                body(json, fields),
                fields.optionalInteger("replyTo", 1),
                AskFields.users("mentions", fields.texts("mentions", limits.maxMentions())),
                fields.flag("mentionAll"),
                AskFields.time("expiresAt", fields, 1),
                AskFields.time("sendAt", fields, 1));
    }

    public Ask.Edit edit(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Edit(
                AskFields.key(fields), AskFields.conversation(fields), fields.integer("seq", 1), body(json, fields));
    }

    public Ask.Recall recall(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Recall(AskFields.key(fields), AskFields.conversation(fields), fields.integer("seq", 1));
    }

    public Ask.React react(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        var op = fields.text("op");
        if (!op.equals("add") && !op.equals("remove")) {
            throw Fields.invalid("op is add or remove");
        }
        var emoji = AskFields.words("emoji", fields.text("emoji"), MAX_EMOJI_CHARS);
        return new Ask.React(
                AskFields.key(fields),
                AskFields.conversation(fields),
                fields.integer("seq", 1),
                emoji,
                op.equals("remove"));
    }

    public Ask.Read read(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Read(AskFields.key(fields), AskFields.conversation(fields), fields.integer("seq", 1));
    }

    public Ask.Read read(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        return new Ask.Read(AskFields.key(fields), AskFields.conversationId(conversation), fields.integer("seq", 1));
    }

    public Ask.Delete delete(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Delete(AskFields.key(fields), AskFields.conversation(fields), fields.integer("seq", 1));
    }

    public Ask.ChangeSettings settings(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.ChangeSettings(AskFields.key(fields), AskFields.conversation(fields), change(fields));
    }

    public Ask.ChangeSettings settings(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        return new Ask.ChangeSettings(AskFields.key(fields), AskFields.conversationId(conversation), change(fields));
    }

    private Ask.SettingsChange change(Fields fields) throws RefusedException {
        return new Ask.SettingsChange(
                fields.optionalFlag("muted"),
                fields.optionalFlag("pinned"),
                fields.optionalFlag("hidden"),
                fields.optionalInteger("clearedSeq", 0),
                draft(fields),
                fields.optionalFlag("contact"),
                alias(fields),
                fields.optionalFlag("invisible"));
    }

    /** Empty for none. */
    private static @Nullable String alias(Fields fields) throws RefusedException {
        var alias = fields.optionalText("alias");
        return alias == null || alias.isEmpty() ? alias : AskFields.words("alias", alias, MAX_ALIAS_CHARS);
    }

    /** Null where there is no such field; empty where it is null: no draft any more. */
    private @Nullable ByteBuffer draft(Fields fields) throws RefusedException {
        if (!fields.has("draft")) {
            return null;
        }
        var draft = fields.optionalObject("draft");
        if (draft != null && AskFields.isBlank(draft.text("kind"))) {
            throw Fields.invalid("draft.kind is empty");
        }
        byte[] utf8 = draft == null ? new byte[0] : draft.utf8();
        if (utf8.length > limits.maxBodyBytes()) {
            throw new RefusedException(ErrorCode.TOO_LARGE, "draft has at most " + limits.maxBodyBytes() + " bytes");
        }
        return ByteBuffer.wrap(utf8);
    }

    public Ask.Unschedule unschedule(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Unschedule(AskFields.key(fields), AskFields.conversation(fields), fields.integer("version", 1));
    }

    public Ask.Unschedule unschedule(@Nullable String key, String conversation, String version)
            throws RefusedException {
        return new Ask.Unschedule(
                AskFields.queryKey(key), AskFields.conversationId(conversation), AskFields.number("version", version));
    }

    /** The conversation of a {@code typing} or a {@code presence} frame. */
    public ConversationId signalled(JsonDocument json) throws RefusedException {
        return AskFields.conversation(json.fields());
    }

    public Ask.Block block(JsonDocument json, UserId user, boolean block) throws RefusedException {
        var fields = json.fields();
        return block(AskFields.key(fields), fields.text("user"), user, block);
    }

    public Ask.Block block(JsonDocument json, String other, UserId user) throws RefusedException {
        return block(AskFields.key(json.fields()), other, user, true);
    }

    public Ask.Block unblock(@Nullable String key, String other, UserId user) throws RefusedException {
        return block(AskFields.queryKey(key), other, user, false);
    }

    private static Ask.Block block(ClientMessageId key, String other, UserId user, boolean block)
            throws RefusedException {
        return new Ask.Block(key, ConversationId.direct(user, AskFields.id("user", other, UserId::new)), block);
    }

    /** The query parameter {@code as}: in whose name a call is, if it says so. */
    public static Optional<UserId> as(@Nullable String as) throws RefusedException {
        return as == null ? Optional.empty() : Optional.of(AskFields.id("as", as, UserId::new));
    }

    /** {@code to.user} is resolved first, so it is the same ask as the one that names the direct conversation. */
    private static ConversationId recipient(Fields fields, UserId user) throws RefusedException {
        var to = fields.optionalObject("to");
        if (to == null) {
            throw Fields.invalid("to is missing");
        }
        var other = to.optionalText("user");
        var conversation = to.optionalText("conversation");
        if ((other == null) == (conversation == null)) {
            throw Fields.invalid("to names either a user or a conversation");
        }
        return other == null
                ? AskFields.conversationId(Objects.requireNonNull(conversation))
                : ConversationId.direct(user, AskFields.id("to.user", other, UserId::new));
    }

    private Ask.Body body(JsonDocument json, Fields fields) throws RefusedException {
        var content = fields.optionalObject("body");
        var utf8 = json.body();
        if (content == null || utf8 == null) {
            throw Fields.invalid("body is missing");
        }
        if (utf8.length > limits.maxBodyBytes()) {
            throw new RefusedException(ErrorCode.TOO_LARGE, "body has at most " + limits.maxBodyBytes() + " bytes");
        }
        var kind = content.text("kind");
        if (AskFields.isBlank(kind)) {
            throw Fields.invalid("body.kind is empty");
        }
        if (kind.equals("text") && AskFields.isBlank(content.text("text"))) {
            throw Fields.invalid("body.text is empty");
        }
        return new Ask.Body(utf8, Objects.requireNonNull(fields.optional("body")));
    }
}
