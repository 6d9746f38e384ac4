package io.millrace.timeline.cassandra;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.Host;

/** Tells when a node that was lost answers again: it may have forgotten what it acknowledged last. */
final class NodeReturns implements Host.StateListener {
    private final Runnable then;

    NodeReturns(Runnable then) {
        this.then = then;
    }

    @Override
    public void onUp(Host host) {
        then.run();
    }

    @Override
    public void onAdd(Host host) {
        // a new node has forgotten nothing
    }

    @Override
    public void onDown(Host host) {
        // what it lost is written again when it is back
    }

    @Override
    public void onRemove(Host host) {
        // it does not come back
    }

    @Override
    public void onRegister(Cluster cluster) {
        // nothing was missed
    }

    @Override
    public void onUnregister(Cluster cluster) {
        // the connection is closed
    }
}
