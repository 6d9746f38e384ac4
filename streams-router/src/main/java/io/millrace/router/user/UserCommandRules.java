package io.millrace.router.user;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.state.UserConversation;
import org.jspecify.annotations.Nullable;

/** What a user may do to its own timeline. Pure. */
final class UserCommandRules {
    /** Characters of an alias. */
    static final int LONGEST_ALIAS = 64;

    private UserCommandRules() {}

    record Refusal(DecisionCode code, String reason) {}

    /**
     * Null where it may be done. Settings of a direct conversation may come before its first message: a contact, a draft.
     *
     * @param row null where the user knows no such conversation
     */
    static @Nullable Refusal refuse(UserCommand command, @Nullable UserConversation row) {
        boolean settings = command.getType() == UserCommandType.SETTINGS;
        if (row == null && !(settings && isOwnDirect(command))) {
            return new Refusal(DecisionCode.NOT_FOUND, "there is no such conversation");
        }
        if (settings) {
            return refuseSettings(command);
        }
        if (row == null) {
            return null;
        }
        if (command.getType() == UserCommandType.READ) {
            return row.getLeftVersion() == null
                    ? null
                    : new Refusal(DecisionCode.NOT_MEMBER, "no longer a member of this conversation");
        }
        return command.getSeq() < 1 || command.getSeq() > row.getLastSeq()
                ? new Refusal(DecisionCode.INVALID, "seq names no message of this conversation")
                : null;
    }

    private static @Nullable Refusal refuseSettings(UserCommand command) {
        boolean direct = isOwnDirect(command);
        boolean notes = direct && isNotes(command.getConversation());
        if ((command.getContact() != null || command.getAlias() != null) && (!direct || notes)) {
            return new Refusal(DecisionCode.INVALID, "contact and alias belong to a direct conversation with somebody");
        }
        if (command.getAlias() != null && command.getAlias().length() > LONGEST_ALIAS) {
            return new Refusal(DecisionCode.INVALID, "an alias has at most " + LONGEST_ALIAS + " characters");
        }
        return command.getInvisible() != null && !notes
                ? new Refusal(DecisionCode.INVALID, "invisible is a setting of the conversation with oneself")
                : null;
    }

    private static boolean isOwnDirect(UserCommand command) {
        try {
            return new ConversationId(command.getConversation()).isDirectOf(command.getUser());
        } catch (InvalidIdException e) {
            return false;
        }
    }

    private static boolean isNotes(String direct) {
        var id = new ConversationId(direct);
        return id.first().equals(id.second());
    }
}
