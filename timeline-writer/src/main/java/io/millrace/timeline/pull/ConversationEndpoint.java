package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schemas.id.ConversationId;
import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.conversation.Fact;
import io.millrace.timeline.conversation.MemberChange;
import io.millrace.timeline.conversation.Members;
import io.millrace.timeline.conversation.MuteChange;
import io.millrace.timeline.conversation.Receipts;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/conversations/{id}}: kind, title and members as of the last version that the user may see. */
final class ConversationEndpoint implements Endpoint {
    private final ConversationReads reads;
    private final ConversationAccess access;
    private final Clock clock;

    /** @param clock by which links end */
    ConversationEndpoint(ConversationReads reads, ConversationAccess access, Clock clock) {
        this.reads = reads;
        this.clock = clock;
        this.access = access;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        var access = this.access.of(request, lastTry);
        if (access.isEmpty()) {
            return new Answer.NotYet();
        }
        var granted = access.get();
        var id = new ConversationId(granted.conversation());
        long version = granted.visibility().lastVersion();
        boolean direct = id.kind() == ConversationId.Kind.DIRECT;
        var changes = direct ? List.<MemberChange>of() : reads.members(id.value());
        var members = direct ? Members.ofDirect(id) : Members.after(version, changes);
        var mutes = direct ? Map.<String, Long>of() : MuteChange.after(version, reads.mutes(id.value()), changes);
        var receipts = reads.receipts(id.value());
        var title = direct
                ? Optional.<String>empty()
                : reads.titles(Map.of(id.value(), version)).getOrDefault(id.value(), Optional.empty());
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeStringField("conversation", id.value());
            out.writeStringField("kind", id.kind().name().toLowerCase(Locale.ROOT));
            out.writeStringField("title", title.orElse(null));
            out.writeArrayFieldStart("members");
            for (var member : members.entrySet()) {
                out.writeStartObject();
                out.writeStringField("user", member.getKey());
                out.writeStringField("role", member.getValue().toLowerCase(Locale.ROOT));
                muted(out, mutes.get(member.getKey()));
                var receipt = receipts.getOrDefault(member.getKey(), Receipts.NONE)
                        .through(granted.visibility().lastSeq());
                out.writeNumberField("delivered", receipt.delivered());
                out.writeNumberField("read", receipt.read());
                out.writeEndObject();
            }
            out.writeEndArray();
            muted(out, mutes.get(""));
            if (!direct) {
                facts(out, version, id.value(), Members.runs(members.get(request.user())));
            }
            out.writeNumberField("lastSeq", granted.visibility().lastSeq());
            out.writeNumberField("lastVersion", version);
            if (granted.behind()) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }

    /** Announcement and join rule; for owner and admins the links that live. */
    private void facts(JsonGenerator out, long version, String conversation, boolean admin) throws IOException {
        var facts = reads.facts(conversation, List.of(Fact.ANNOUNCEMENT, Fact.JOIN_RULE), version);
        out.writeStringField("announcement", facts.getOrDefault(Fact.ANNOUNCEMENT, ""));
        out.writeStringField("joinRule", facts.getOrDefault(Fact.JOIN_RULE, "invitation"));
        if (!admin) {
            return;
        }
        out.writeArrayFieldStart("links");
        var live = Fact.liveLinks(version, reads.links(conversation), clock.millis());
        for (var link : live.entrySet()) {
            out.writeStartObject();
            out.writeStringField("id", link.getKey());
            out.writeNumberField("until", link.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void muted(JsonGenerator out, @Nullable Long untilMs) throws IOException {
        EventJson.number(out, "mutedUntil", untilMs == null || untilMs == 0 ? null : untilMs);
    }
}
