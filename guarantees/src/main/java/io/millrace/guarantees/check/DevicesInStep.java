package io.millrace.guarantees.check;

import io.millrace.guarantees.history.History.DeviceName;
import io.millrace.guarantees.history.Line.Delivered;
import java.util.List;
import java.util.Objects;

/** Every device was told its user's timeline: all of it, once, in order, with the bodies that were sent. */
final class DevicesInStep implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        evidence.clients().devices().forEach((device, told) -> {
            var where = "device " + device;
            check(where, device, told, log, findings);
            long last = told.stream().mapToLong(Delivered::position).max().orElse(0);
            long head = log.timeline(device.user()).size();
            if (last < head) {
                findings.report(Flaw.STALE_DEVICE, where, "it knows through " + last + " of " + head);
            }
        });
        for (FreshDevice device : evidence.fresh()) {
            var where = "fresh device of " + device.user();
            var name = new DeviceName(device.user(), "fresh");
            check(where, name, device.entries(), log, findings);
            int head = log.timeline(device.user()).size();
            long last = device.entries().stream()
                    .mapToLong(Delivered::position)
                    .max()
                    .orElse(0);
            if (last < head) {
                findings.report(Flaw.LOST, where, "it is served through " + last + " of " + head);
            }
            device.entries().forEach(entry -> compareFinal(where, entry, log, findings));
        }
    }

    private static void check(String where, DeviceName device, List<Delivered> told, Log log, Findings findings) {
        Numbering.of(told.stream().map(Delivered::position).toList())
                .reportTo(findings, Flaw.DUPLICATE, where, "position");
        var timeline = new TimelineByPosition(log.timeline(device.user()));
        told.forEach(entry -> timeline.compare(where, entry, log, findings));
    }

    /** What is pulled shows messages as they stand now, not as they stood at some time. */
    private static void compareFinal(String where, Delivered entry, Log log, Findings findings) {
        var message = log.message(entry.conversation(), entry.seq());
        if (!entry.kind().equals("message") || message == null || entry.version() == null) {
            return;
        }
        if (!Objects.equals(entry.bodyHash(), message.last()) && message.everWas(entry.bodyHash())) {
            findings.report(
                    Flaw.VIEWS_DIFFER,
                    where,
                    "position " + entry.position() + " shows seq " + entry.seq() + " of " + entry.conversation()
                            + " as it does not stand");
        }
    }
}
