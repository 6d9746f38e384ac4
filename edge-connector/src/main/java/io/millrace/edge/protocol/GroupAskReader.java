package io.millrace.edge.protocol;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Role;
import org.jspecify.annotations.Nullable;

/** Turns bodies of group calls into asks of this user. Thread-safe. */
public final class GroupAskReader {
    private static final int MAX_TITLE_CHARS = 200;
    private static final int MAX_ANNOUNCEMENT_CHARS = 4_096;
    private static final int MAX_MUTED = 500;

    private final AskLimits limits;
    private final JoinLinks links;

    public GroupAskReader(AskLimits limits, JoinLinks links) {
        this.limits = limits;
        this.links = links;
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
                AskFields.key(fields),
                AskFields.conversationId(conversation),
                AskFields.id("user", member, UserId::new).value(),
                role);
    }

    public Ask.Mute mute(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        if (!fields.has("until")) {
            throw Fields.invalid("until is missing: a time, or null to lift"); // a forgotten one must not lift a mute
        }
        var until = AskFields.time("until", fields, 0);
        return new Ask.Mute(
                AskFields.key(fields),
                AskFields.conversationId(conversation),
                AskFields.users("users", fields.texts("users", MAX_MUTED)),
                until);
    }

    public Ask.Dissolve dissolve(@Nullable String key, String conversation) throws RefusedException {
        return new Ask.Dissolve(AskFields.queryKey(key), AskFields.conversationId(conversation));
    }

    public Ask.CreateGroup createGroup(JsonDocument json, UserId creator) throws RefusedException {
        var fields = json.fields();
        if (!fields.text("kind").equals("group")) {
            throw Fields.invalid("kind is group");
        }
        var key = AskFields.key(fields);
        return new Ask.CreateGroup(
                key,
                ConversationId.group(creator, key),
                AskFields.words("title", fields.text("title"), MAX_TITLE_CHARS),
                AskFields.users("members", fields.texts("members", limits.maxUsers())));
    }

    public Ask.AddMembers addMembers(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        var users = AskFields.users("users", fields.texts("users", limits.maxUsers()));
        if (users.isEmpty()) {
            throw Fields.invalid("users names at least one user");
        }
        return new Ask.AddMembers(AskFields.key(fields), AskFields.conversationId(conversation), users);
    }

    public Ask.RemoveMember removeMember(@Nullable String key, String conversation, String member)
            throws RefusedException {
        return new Ask.RemoveMember(
                AskFields.queryKey(key),
                AskFields.conversationId(conversation),
                AskFields.id("user", member, UserId::new).value());
    }

    /** Title, announcement and join rule; what is not named stays. */
    public Ask.SetGroup setGroup(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        var title = fields.optionalText("title");
        var announcement = fields.optionalText("announcement");
        if (announcement != null && announcement.length() > MAX_ANNOUNCEMENT_CHARS) {
            throw Fields.invalid("announcement has at most " + MAX_ANNOUNCEMENT_CHARS + " characters");
        }
        var rule = joinRule(fields.optionalText("joinRule"));
        if (title == null && announcement == null && rule == null) {
            throw Fields.invalid("title is missing, or announcement, or joinRule");
        }
        return new Ask.SetGroup(
                AskFields.key(fields),
                AskFields.conversationId(conversation),
                title == null ? null : AskFields.words("title", title, MAX_TITLE_CHARS),
                announcement,
                rule);
    }

    private static @Nullable JoinRule joinRule(@Nullable String text) throws RefusedException {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "invitation" -> JoinRule.INVITATION;
            case "open" -> JoinRule.OPEN;
            default -> throw Fields.invalid("joinRule is invitation or open");
        };
    }

    /** A new join link; its secret is a function of who asks and the key, so that a retry makes the same. */
    public Ask.Link link(JsonDocument json, String conversation, UserId user) throws RefusedException {
        var fields = json.fields();
        var until = AskFields.time("until", fields, 1);
        if (until == null) {
            throw Fields.invalid("until is missing");
        }
        var key = AskFields.key(fields);
        var id = AskFields.conversationId(conversation);
        var secret = links.secret(id, user, key);
        return new Ask.Link(key, id, JoinLinks.id(secret), until, secret);
    }

    public Ask.Link revoke(@Nullable String key, String conversation, String link) throws RefusedException {
        return new Ask.Link(
                AskFields.queryKey(key), AskFields.conversationId(conversation), linkText("link", link), null, null);
    }

    public Ask.Join join(JsonDocument json, String conversation) throws RefusedException {
        var fields = json.fields();
        var secret = fields.optionalText("link");
        return new Ask.Join(
                AskFields.key(fields),
                AskFields.conversationId(conversation),
                secret == null ? null : JoinLinks.id(linkText("link", secret)));
    }

    private static String linkText(String name, String text) throws RefusedException {
        if (!text.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Fields.invalid(name + " is malformed");
        }
        return text;
    }
}
