package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.History;
import io.millrace.guarantees.history.Line;
import io.millrace.guarantees.history.Operation;
import io.millrace.guarantees.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What is promised in the end, when every fault is healed and nobody sends any more. */
public final class Liveness {
    private Liveness() {}

    /** Something that did not happen although it had time to. */
    public record Delay(String where, String what) {
        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    /** Operations that nobody decided. Those over HTTP whose client gave up are left out: nobody waits for them. */
    public static List<Delay> undecided(History clients) {
        var decided = new HashMap<String, Boolean>();
        for (Operation operation : clients.operations()) {
            decided.merge(identity(operation), operation.outcome() != Outcome.UNKNOWN, Boolean::logicalOr);
        }
        var delays = new ArrayList<Delay>();
        for (Operation operation : clients.operations()) {
            boolean waits = operation.outcome() == Outcome.UNKNOWN
                    && !operation.device().isEmpty();
            if (waits && !Boolean.TRUE.equals(decided.get(identity(operation)))) {
                delays.add(
                        new Delay("client " + operation.user() + "/" + operation.device(), "undecided " + operation));
            }
        }
        return delays;
    }

    private static String identity(Operation operation) {
        return operation.user() + " " + operation.conversation() + " " + operation.key();
    }

    /** When a message was sent, and how long after that a device of somebody else was told. */
    public record Delivery(long sentNs, long tookNs) {}

    /** One for every message and device of somebody else. */
    public static List<Delivery> deliveries(History clients) {
        var sent = new HashMap<String, Long>();
        for (Operation operation : clients.operations()) {
            if (operation.action() == Action.SEND && operation.messageId() != null) {
                sent.merge(operation.messageId(), operation.invokedNs(), Math::min);
            }
        }
        var deliveries = new ArrayList<Delivery>();
        clients.devices().values().forEach(told -> {
            for (Line.Delivered entry : told) {
                var sentNs = entry.messageId() == null ? null : sent.get(entry.messageId());
                if (entry.kind().equals("message")
                        && sentNs != null
                        && !entry.user().equals(entry.from())) {
                    deliveries.add(new Delivery(sentNs, entry.atNs() - sentNs));
                }
            }
        });
        return deliveries;
    }
}
