package io.millrace.timeline.conversation;

import io.millrace.schemas.record.EventKind;
import java.util.Locale;

/** What a row of a timeline or of a conversation tells. The name is what is stored. */
public enum RowKind {
    MESSAGE,
    EDITED,
    RECALLED,
    REACTION,
    MEMBERS,
    CONVERSATION,
    READ,
    MUTED,
    /** Told to the one who blocks alone. */
    BLOCKED,
    UNBLOCKED,
    DISSOLVED,
    SETTINGS,
    /** Told to owner and admins. */
    LINK,
    /** Told to the author alone. */
    SCHEDULED,
    UNSCHEDULED,
    /** Something that could not be taken from the log, or that a later release has made up: the number stays taken. */
    UNREADABLE;

    public static RowKind of(EventKind kind) {
        return switch (kind) {
            case MESSAGE -> MESSAGE;
            case EDITED -> EDITED;
            case RECALLED -> RECALLED;
            case REACTION -> REACTION;
            case MEMBERS -> MEMBERS;
            case CONVERSATION -> CONVERSATION;
            case READ -> READ;
            case MUTED -> MUTED;
            case BLOCKED -> BLOCKED;
            case UNBLOCKED -> UNBLOCKED;
            case DISSOLVED -> DISSOLVED;
            case SETTINGS -> SETTINGS;
            case LINK -> LINK;
            case SCHEDULED -> SCHEDULED;
            case UNSCHEDULED -> UNSCHEDULED;
            case UNKNOWN -> UNREADABLE;
        };
    }

    /** The kind of a stored row; one that a later release wrote is unreadable to this one. */
    public static RowKind stored(String name) {
        for (var kind : values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return UNREADABLE;
    }

    /** Whether only those whom it was told to may read it. */
    public boolean confidential() {
        return switch (this) {
            case BLOCKED, UNBLOCKED, LINK, SCHEDULED, UNSCHEDULED -> true;
            default -> false;
        };
    }

    /** As the client protocol writes it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
