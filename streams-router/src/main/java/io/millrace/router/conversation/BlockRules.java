package io.millrace.router.conversation;

import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.router.conversation.Ruling.Rejected;
import io.millrace.router.conversation.Ruling.Unchanged;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.state.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who takes no messages of whom, in a direct conversation; decided in order with the messages. Pure. */
final class BlockRules {
    private BlockRules() {}

    /** The event is told to the asking user alone. */
    static Ruling decide(Command command, List<String> users, @Nullable Members before) {
        if (users.size() < 2) {
            return new Rejected(DecisionCode.INVALID, "nobody blocks oneself");
        }
        boolean block = command.getType() == CommandType.BLOCK;
        return blocks(command.getUser(), before) == block
                ? new Unchanged()
                : Posted.plain(block ? EventKind.BLOCKED : EventKind.UNBLOCKED, List.of(command.getUser()));
    }

    /** Null where nobody blocks anybody. */
    static @Nullable Rejected refuse(String sender, List<String> users, @Nullable Members members) {
        if (blocks(sender, members)) {
            return new Rejected(DecisionCode.FORBIDDEN, "you have blocked this user; unblock first");
        }
        return users.stream().anyMatch(user -> blocks(user, members))
                ? new Rejected(DecisionCode.BLOCKED, "this user takes no messages from you")
                : null;
    }

    private static boolean blocks(String user, @Nullable Members members) {
        return members != null && members.getBlocking().contains(user);
    }
}
