package io.millrace.guarantees.prove;

import io.millrace.guarantees.views.TableView;
import io.millrace.guarantees.views.TopicView;
import io.millrace.guarantees.workload.Fleet;
import io.millrace.guarantees.workload.Handset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits until nothing is under way any more: everything decided, committed, delivered and stored. */
final class Rest {
    private static final long LOOK_MS = 500;

    private final Fleet fleet;
    private final TopicView topics;
    private final TableView tables;

    Rest(Fleet fleet, TopicView topics, TableView tables) {
        this.fleet = fleet;
        this.topics = topics;
        this.tables = tables;
    }

    /** What is still under way when the patience is over; empty at rest. */
    List<String> await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var underWay = underWay();
        int quiet = underWay.isEmpty() ? 1 : 0;
        while (quiet < 2 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            underWay = underWay();
            quiet = underWay.isEmpty() ? quiet + 1 : 0;
        }
        return underWay;
    }

    private List<String> underWay() {
        var underWay = new ArrayList<String>();
        if (fleet.undecided() > 0) {
            underWay.add(fleet.undecided() + " commands are undecided");
        }
        if (topics.advance() > 0 || !topics.isSettled()) {
            underWay.add("the topics hold what is not committed or was not read yet");
        }
        for (Handset device : fleet.devices()) {
            long head = topics.heads().getOrDefault(device.user(), 0L);
            if (!device.isOpen()) {
                underWay.add(device + " has no session");
            } else if (device.position() < head) {
                underWay.add(device + " knows through " + device.position() + " of " + head);
            }
        }
        if (!tables.versions().equals(topics.versions())) {
            underWay.add("the tables of conversations are behind");
        }
        if (!tables.heads().equals(topics.heads())) {
            underWay.add("the tables of timelines are behind");
        }
        return underWay;
    }
}
