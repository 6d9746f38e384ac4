package io.millrace.router.user;

import io.millrace.schemas.record.DeadLetterCause;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Whether a record of user-commands has what its type needs. Pure. */
final class UserCommandForm {
    private UserCommandForm() {}

    /** Null for a record that can be taken. */
    static @Nullable DeadLetterCause faultOf(@Nullable String key, @Nullable SpecificRecord value) {
        if (!(value instanceof UserCommand command)) {
            return DeadLetterCause.MISSING_VALUE;
        }
        if (key == null) {
            return DeadLetterCause.MISSING_KEY;
        }
        boolean ofEdge =
                command.getType() == UserCommandType.EDGE_ALIVE || command.getType() == UserCommandType.EDGE_GONE;
        if (!key.equals(ofEdge ? command.getOrigin().getEdge() : command.getUser())) {
            return DeadLetterCause.KEY_MISMATCH;
        }
        boolean whole =
                switch (command.getType()) {
                    case SESSION_OPEN ->
                        command.getDevice() != null && command.getOrigin().getSession() != null;
                    case SESSION_CLOSE -> command.getOrigin().getSession() != null;
                    case CURSOR ->
                        command.getDevice() != null
                                && command.getStored() != null
                                && command.getOrigin().getSession() != null;
                    case READ, DELETE -> command.getConversation() != null && command.getSeq() != null;
                    case SETTINGS -> command.getConversation() != null;
                    case EDGE_ALIVE -> command.getTick() != null;
                    case EDGE_GONE -> true;
                    case UNKNOWN -> false;
                };
        return whole ? null : DeadLetterCause.INVALID;
    }
}
