package io.millrace.client.outbox;

import org.jspecify.annotations.Nullable;

/** One undecided command. Confined to the loop. */
final class Pending {
    final long number;
    final Command command;
    final SendHandle handle;
    final boolean ownKey;

    @Nullable
    String key;

    State state = State.WAITING;
    long ref;
    long sentAtMs;

    /** @param key null lets the outbox make one at the first transmission */
    Pending(long number, Command command, @Nullable String key, boolean ownKey, SendHandle handle) {
        this.handle = handle;
        this.number = number;
        this.command = command;
        this.key = key;
        this.ownKey = ownKey;
        if (key != null) {
            handle.onKey(key);
        }
    }

    enum State {
        /** To be sent when there is a session and leave. */
        WAITING,
        /** Sent on the present session, no answer yet. */
        SENT,
        /** Durable; the decision is to come. */
        ACCEPTED,
        /** Its key is too old: waits until the timeline says whether it had been posted. */
        LOOKING
    }
}
