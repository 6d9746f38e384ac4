package io.millrace.client;

import io.millrace.client.connection.ConnectionState;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the program's listener; what that throws is the program's trouble, told in the log, and not the client's end. */
final class ListenerGuard implements ClientListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(ListenerGuard.class);

    private final ClientListener listener;

    ListenerGuard(ClientListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEntry(Entry entry) {
        guard(() -> listener.onEntry(entry));
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        guard(() -> listener.onSnapshot(snapshot));
    }

    @Override
    public void onSignal(Signal signal) {
        guard(() -> listener.onSignal(signal));
    }

    @Override
    public void onState(ConnectionState state) {
        guard(() -> listener.onState(state));
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("client listener failed");
        }
    }
}
