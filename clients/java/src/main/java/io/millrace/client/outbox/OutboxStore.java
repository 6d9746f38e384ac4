package io.millrace.client.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undecided commands that outlive the process, so that a restart neither loses a command nor sends it under a second key.
 * Called on the client's loop only.
 */
public interface OutboxStore {
    /** Keeps nothing. */
    OutboxStore NONE = new OutboxStore() {
        @Override
        public List<Stored> load() {
            return List.of();
        }

        @Override
        public void put(Stored command) {}

        @Override
        public void remove(long number) {}
    };

    /** What is undecided, in the order it was asked for. */
    List<Stored> load();

    /** Returns when the command is stored; replaces what was stored under its number. */
    void put(Stored command);

    /** The command is decided. */
    void remove(long number);

    /** @param clientMessageId null before the first transmission */
    record Stored(long number, @Nullable String clientMessageId, Command command) {}
}
