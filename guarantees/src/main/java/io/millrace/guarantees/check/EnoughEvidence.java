package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Operation;
import io.millrace.guarantees.history.Outcome;
import java.util.TreeSet;

/** A run in which nothing happened, or of which a view is missing, proves nothing. */
final class EnoughEvidence implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        var clients = evidence.clients();
        if (clients.operations().stream().noneMatch(EnoughEvidence::isPostedMessage)) {
            missing(findings, "clients", "no message was posted");
        }
        if (clients.devices().values().stream().allMatch(told -> told.isEmpty())) {
            missing(findings, "clients", "no device was told anything");
        }
        if (evidence.committed().events().isEmpty()
                || evidence.committed().entries().isEmpty()) {
            missing(findings, "log", "a topic has no record");
        }
        var tables = evidence.tables();
        if (tables.messages().isEmpty()
                || tables.events().isEmpty()
                || tables.entries().isEmpty()) {
            missing(findings, "tables", "a table has no row");
        }
        var looked = new TreeSet<String>();
        evidence.fresh().forEach(device -> looked.add(device.user()));
        var absent = new TreeSet<>(log.timelines().keySet());
        clients.devices().keySet().forEach(device -> absent.add(device.user()));
        absent.removeAll(looked);
        if (looked.isEmpty() || !absent.isEmpty()) {
            missing(findings, "fresh devices", "no new device of " + (looked.isEmpty() ? "anybody" : absent));
        }
    }

    private static boolean isPostedMessage(Operation operation) {
        return operation.action() == Action.SEND && operation.outcome() == Outcome.OK;
    }

    private static void missing(Findings findings, String where, String what) {
        findings.report(Flaw.NO_EVIDENCE, where, what);
    }
}
