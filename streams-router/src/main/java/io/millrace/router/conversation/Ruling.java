package io.millrace.router.conversation;

import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.state.Members;
import io.millrace.schemas.state.MessageState;
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
     * Granted: one event.
     *
     * @param recipients whose timelines get an entry
     * @param members state of the group after the event; null where it is as before
     * @param target state of the message that was meant, after the event; null where there is none
     */
    record Posted(
            EventKind kind,
            List<String> recipients,
            List<MemberRef> added,
            List<String> removed,
            @Nullable String title,
            @Nullable Members members,
            @Nullable MessageState target)
            implements Ruling {
        static Posted plain(EventKind kind, List<String> recipients) {
            return new Posted(kind, recipients, List.of(), List.of(), null, null, null);
        }

        static Posted about(EventKind kind, List<String> recipients, MessageState target) {
            return new Posted(kind, recipients, List.of(), List.of(), null, null, target);
        }
    }
}
