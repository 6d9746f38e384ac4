package io.millrace.router.conversation;

import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.MessageState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules say of a command; nothing is written yet. */
sealed interface Ruling {

    /** Refused, and remembered so. */
    record Rejected(DecisionCode code, String reason) implements Ruling {}

    /** Granted, but things are so already: no event, no version. */
    record Unchanged() implements Ruling {}

    /** The group exists already and this is the command that made it. */
    record AlreadyCreated() implements Ruling {}

    /**
     * Granted: one event. The members after it follow from the event alone.
     *
     * @param recipients whose timelines get an entry
     * @param muted who may not send until {@code mutedUntil}; empty for everybody but owner and admins
     * @param mutedUntil null where nobody is muted by it
     * @param target state of the message that was meant, after the event; null where there is none
     */
    record Posted(
            EventKind kind,
            List<String> recipients,
            List<MemberRef> added,
            List<String> removed,
            @Nullable String title,
            List<String> muted,
            @Nullable Instant mutedUntil,
            @Nullable MessageState target)
            implements Ruling {
        static Posted plain(EventKind kind, List<String> recipients) {
            return new Posted(kind, recipients, List.of(), List.of(), null, List.of(), null, null);
        }

        static Posted about(EventKind kind, List<String> recipients, MessageState target) {
            return new Posted(kind, recipients, List.of(), List.of(), null, List.of(), null, target);
        }

        static Posted members(List<String> recipients, List<MemberRef> added, List<String> removed) {
            return new Posted(EventKind.MEMBERS, recipients, added, removed, null, List.of(), null, null);
        }

        static Posted muted(List<String> recipients, List<String> muted, @Nullable Instant until) {
            return new Posted(EventKind.MUTED, recipients, List.of(), List.of(), null, muted, until, null);
        }

        Posted titled(String text) {
            return new Posted(kind, recipients, added, removed, text, muted, mutedUntil, target);
        }
    }
}
