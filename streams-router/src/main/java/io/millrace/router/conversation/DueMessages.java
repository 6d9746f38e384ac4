package io.millrace.router.conversation;

import io.millrace.router.conversation.WaitingStore.Due;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Hash128;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How time enters: looks at the clock and writes a command for every waiting message that is due. The message is posted
 * when that command comes out of the log, so a replay of the log needs no clock. Asking twice does nothing twice. Not
 * thread-safe.
 */
final class DueMessages {
    static final Duration EVERY = Duration.ofMillis(250);
    private static final long ASK_AGAIN_MS = 2_000;
    private static final int MOST = 200;
    private static final Hash128 NO_FINGERPRINT = new Hash128(new byte[16]);

    private final WaitingStore waiting;
    private final Map<Due, Long> asked = new HashMap<>();

    DueMessages(WaitingStore waiting) {
        this.waiting = waiting;
    }

    /** Commands for what is due and was not asked for a moment ago. */
    List<Command> ask(long nowMs) {
        asked.values().removeIf(at -> nowMs - at >= ASK_AGAIN_MS || at > nowMs);
        var commands = new ArrayList<Command>();
        for (var due : waiting.due(nowMs, MOST)) {
            var event = waiting.get(due.conversation(), due.version());
            if (event != null && asked.putIfAbsent(due, nowMs) == null) {
                commands.add(Command.newBuilder()
                        .setType(CommandType.POST_SCHEDULED)
                        .setConversation(due.conversation())
                        .setUser(event.getFrom())
                        .setClientMessageId("scheduled-" + due.version())
                        .setFingerprint(NO_FINGERPRINT)
                        .setTargetVersion(due.version())
                        .setReceivedAt(Instant.ofEpochMilli(nowMs))
                        .build());
            }
        }
        return commands;
    }
}
