package io.millrace.router.conversation;

import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
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

    /** Granted, and told to the sessions that are there; nothing is kept of it. */
    record Transient(List<String> listeners) implements Ruling {}

    /**
     * Granted: one event. The members after it follow from the event alone.
     *
     * @param recipients whose timelines get an entry
     * @param target state of the message that was meant, after the event; null where there is none
     */
    record Posted(
            EventKind kind,
            List<String> recipients,
            Said said,
            @Nullable MessageState target) implements Ruling {
        static Posted plain(EventKind kind, List<String> recipients) {
            return new Posted(kind, recipients, Said.NOTHING, null);
        }

        static Posted about(EventKind kind, List<String> recipients, MessageState target) {
            return new Posted(kind, recipients, Said.NOTHING, target);
        }

        static Posted saying(EventKind kind, List<String> recipients, Said said) {
            return new Posted(kind, recipients, said, null);
        }
    }
}
