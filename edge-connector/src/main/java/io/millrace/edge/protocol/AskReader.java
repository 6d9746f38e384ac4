package io.millrace.edge.protocol;

import io.millrace.schemas.id.ClientMessageId;
import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.Role;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a strictly read object into an ask of this user, for frames and HTTP bodies alike. Thread-safe. */
public final class AskReader {
    private static final int MAX_EMOJI_CHARS = 64;
    private static final int MAX_TITLE_CHARS = 200;
    private static final int MAX_MUTED = 500;
    private static final long MAX_UNTIL_MS =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private final AskLimits limits;

    public AskReader(AskLimits limits) {
        this.limits = limits;
    }

    public Ask.Send send(JsonDocument json, UserId user) throws RefusedException {
        var fields = json.fields();
        return new Ask.Send(
                key(fields),
                recipient(fields, user),
                body(json, fields),
                fields.optionalInteger("replyTo", 1),
                users("mentions", fields.texts("mentions", limits.maxMentions())),
                fields.flag("mentionAll"));
    }

    public Ask.Edit edit(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Edit(key(fields), conversation(fields), fields.integer("seq", 1), body(json, fields));
    }

    public Ask.Recall recall(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Recall(key(fields), conversation(fields), fields.integer("seq", 1));
    }

    public Ask.React react(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        var op = fields.text("op");
        if (!op.equals("add") && !op.equals("remove")) {
            throw Fields.invalid("op is add or remove");
        }
        var emoji = words("emoji", fields.text("emoji"), MAX_EMOJI_CHARS);
        return new Ask.React(key(fields), conversation(fields), fields.integer("seq", 1), emoji, op.equals("remove"));
    }

    public Ask.Read read(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Read(key(fields), conversation(fields), fields.integer("seq", 1));
    }

    public Ask.Read read(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        return new Ask.Read(key(fields), conversationId(conversation), fields.integer("seq", 1));
    }

    public Ask.Delete delete(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.Delete(key(fields), conversation(fields), fields.integer("seq", 1));
    }

    public Ask.ChangeSettings settings(JsonDocument json) throws RefusedException {
        var fields = json.fields();
        return new Ask.ChangeSettings(key(fields), conversation(fields), change(fields));
    }

    public Ask.ChangeSettings settings(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        return new Ask.ChangeSettings(key(fields), conversationId(conversation), change(fields));
    }

    private Ask.SettingsChange change(Fields fields) throws RefusedException {
        return new Ask.SettingsChange(
                fields.optionalFlag("muted"),
                fields.optionalFlag("pinned"),
                fields.optionalFlag("hidden"),
                fields.optionalInteger("clearedSeq", 0),
                draft(fields));
    }

    /** Null where there is no such field; empty where it is null: no draft any more. */
    private @Nullable ByteBuffer draft(Fields fields) throws RefusedException {
        if (!fields.has("draft")) {
            return null;
        }
        var draft = fields.optionalObject("draft");
        if (draft != null && isBlank(draft.text("kind"))) {
            throw Fields.invalid("draft.kind is empty");
        }
        byte[] utf8 = draft == null ? new byte[0] : draft.utf8();
        if (utf8.length > limits.maxBodyBytes()) {
            throw new RefusedException(ErrorCode.TOO_LARGE, "draft has at most " + limits.maxBodyBytes() + " bytes");
        }
        return ByteBuffer.wrap(utf8);
    }

    /** The conversation of a {@code typing} frame. */
    public ConversationId typing(JsonDocument json) throws RefusedException {
        return conversation(json.fields());
    }

    public Ask.Block block(JsonDocument json, UserId user, boolean block) throws RefusedException {
        var fields = json.fields();
        return block(key(fields), fields.text("user"), user, block);
    }

    public Ask.Block block(JsonDocument json, String other, UserId user) throws RefusedException {
        return block(key(json.fields()), other, user, true);
    }

    public Ask.Block unblock(@Nullable String key, String other, UserId user) throws RefusedException {
        return block(queryKey(key), other, user, false);
    }

    private static Ask.Block block(ClientMessageId key, String other, UserId user, boolean block)
            throws RefusedException {
        return new Ask.Block(key, ConversationId.direct(user, id("user", other, UserId::new)), block);
    }

    public Ask.SetRole setRole(JsonDocument json, String conversation, String member) throws RefusedException {
        var fields = json.fields();
        var role =
                switch (fields.text("role")) {
                    case "member" -> Role.MEMBER;
                    case "admin" -> Role.ADMIN;
                    case "owner" -> Role.OWNER;
                    default -> throw Fields.invalid("role is member, admin or owner");
                };
        return new Ask.SetRole(
                key(fields),
                conversationId(conversation),
                id("user", member, UserId::new).value(),
                role);
    }

    public Ask.Mute mute(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        if (!fields.has("until")) {
            throw Fields.invalid("until is missing: a time, or null to lift"); // a forgotten one must not lift a mute
        }
        var until = fields.optionalInteger("until", 0);
        if (until != null && until > MAX_UNTIL_MS) {
            throw Fields.invalid("until lies before the year 10000");
        }
        return new Ask.Mute(
                key(fields),
                conversationId(conversation),
                users("users", fields.texts("users", MAX_MUTED)),
                until == null ? null : Instant.ofEpochMilli(until));
    }

    public Ask.Dissolve dissolve(@Nullable String key, String conversation) throws RefusedException {
        return new Ask.Dissolve(queryKey(key), conversationId(conversation));
    }

    public Ask.CreateGroup createGroup(JsonDocument json, UserId creator) throws RefusedException {
        var fields = json.fields();
        if (!fields.text("kind").equals("group")) {
            throw Fields.invalid("kind is group");
        }
        var key = key(fields);
        return new Ask.CreateGroup(
                key,
                ConversationId.group(creator, key),
                title(fields),
                users("members", fields.texts("members", limits.maxUsers())));
    }

    public Ask.AddMembers addMembers(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        var users = users("users", fields.texts("users", limits.maxUsers()));
        if (users.isEmpty()) {
            throw Fields.invalid("users names at least one user");
        }
        return new Ask.AddMembers(key(fields), conversationId(conversation), users);
    }

    public Ask.RemoveMember removeMember(@Nullable String key, String conversation, String member)
            throws RefusedException {
        return new Ask.RemoveMember(
                queryKey(key),
                conversationId(conversation),
                id("user", member, UserId::new).value());
    }

    public Ask.SetTitle setTitle(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        return new Ask.SetTitle(key(fields), conversationId(conversation), title(fields));
    }

    /** The query parameter {@code as}: in whose name a call is, if it says so. */
    public static Optional<UserId> as(@Nullable String as) throws RefusedException {
        return as == null ? Optional.empty() : Optional.of(id("as", as, UserId::new));
    }

    private static ClientMessageId queryKey(@Nullable String key) throws RefusedException {
        if (key == null) {
            throw Fields.invalid("clientMessageId is missing");
        }
        return id("clientMessageId", key, ClientMessageId::new);
    }

    private static ClientMessageId key(Fields fields) throws RefusedException {
        return id("clientMessageId", fields.text("clientMessageId"), ClientMessageId::new);
    }

    private static ConversationId conversation(Fields fields) throws RefusedException {
        return conversationId(fields.text("conversation"));
    }

    private static ConversationId conversationId(String text) throws RefusedException {
        return id("conversation", text, ConversationId::new);
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
                ? conversationId(Objects.requireNonNull(conversation))
                : ConversationId.direct(user, id("to.user", other, UserId::new));
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
        if (isBlank(kind)) {
            throw Fields.invalid("body.kind is empty");
        }
        if (kind.equals("text") && isBlank(content.text("text"))) {
            throw Fields.invalid("body.text is empty");
        }
        return new Ask.Body(utf8, Objects.requireNonNull(fields.optional("body")));
    }

    private static String title(Fields fields) throws RefusedException {
        return words("title", fields.text("title"), MAX_TITLE_CHARS);
    }

    /** Visible text of bounded length on one line. */
    private static String words(String name, String text, int maxChars) throws RefusedException {
        if (isBlank(text) || text.length() > maxChars) {
            throw Fields.invalid(name + " has 1 to " + maxChars + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw Fields.invalid(name + " has no control characters");
        }
        return text;
    }

    /** Whether nothing but space would show: {@link String#isBlank} does not know the spaces that do not break. */
    private static boolean isBlank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static List<String> users(String name, List<String> texts) throws RefusedException {
        for (var text : texts) {
            id(name, text, UserId::new);
        }
        return texts;
    }

    private static <T> T id(String field, String text, Function<String, T> type) throws RefusedException {
        try {
            return type.apply(text);
        } catch (InvalidIdException e) {
            throw Fields.invalid(field + ": " + e.getMessage());
        }
    }
}
