package io.millrace.client;

import io.millrace.client.connection.ConnectionState;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Snapshot;

/**
 * Hears what a device learns, always on the client's loop and one call at a time; a call must not block. What a call throws
 * is logged and changes nothing.
 */
public interface ClientListener {
    /** Every entry of the timeline, once and in order of position, from the cursor (or the snapshot) on. */
    default void onEntry(Entry entry) {}

    /**
     * What was known of conversations is replaced by this: the device begins here, or its cursor led nowhere any more.
     * Entries after the snapshot's position follow.
     */
    default void onSnapshot(Snapshot snapshot) {}

    /** Something that is neither stored nor numbered. */
    default void onSignal(Signal signal) {}

    default void onState(ConnectionState state) {}
}
