package io.millrace.router.conversation;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.state.Members;
import io.millrace.schemas.state.MessageState;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may look at.
 *
 * @param lastSeq seq of the last message, 0 before the first
 * @param nextVersion version an event would get
 * @param members of a group, null where it does not exist; of a direct conversation who blocks whom, null where nobody ever did
 * @param messages state of a message by its seq; null for one that does not exist
 * @param scheduled a waiting message by the version of its event; null where none waits
 * @param waiting how many messages of a user wait
 */
record ConversationView(
        long lastSeq,
        long nextVersion,
        @Nullable Members members,
        LongFunction<@Nullable MessageState> messages,
        LongFunction<@Nullable ConversationEvent> scheduled,
        ToIntFunction<String> waiting) {}
