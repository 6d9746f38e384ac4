package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.TimelineEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every event is in the timeline of each member of its version, once and in order, and in nobody else's. */
final class ToldToMembers implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        Map<String, Map<String, List<Long>>> told = new HashMap<>();
        log.timelines()
                .forEach((user, entries) -> entries.forEach(entry -> {
                    if (entry.getVersion() != null) {
                        told.computeIfAbsent(entry.getConversation(), c -> new HashMap<>())
                                .computeIfAbsent(user, u -> new ArrayList<>())
                                .add(entry.getVersion());
                        checkEntry(entry, log, findings);
                    }
                }));
        log.conversations().forEach((conversation, events) -> {
            var users = told.getOrDefault(conversation, Map.of());
            var members = log.members(conversation);
            for (ConversationEvent event : events) {
                for (String user : members.at(event.getVersion())) {
                    if (!users.getOrDefault(user, List.of()).contains(event.getVersion())) {
                        findings.report(
                                Flaw.LOST,
                                "timeline " + user,
                                conversation + " version " + event.getVersion() + " is missing");
                    }
                }
            }
            users.forEach((user, versions) -> order(findings, conversation, user, versions));
        });
    }

    private static void checkEntry(TimelineEntry entry, Log log, Findings findings) {
        var where = "timeline " + entry.getUser();
        var what = entry.getConversation() + " version " + entry.getVersion() + " at position " + entry.getPosition();
        var events = log.events(entry.getConversation());
        if (events.stream()
                .noneMatch(event -> event.getVersion() == entry.getVersion().longValue())) {
            findings.report(Flaw.PHANTOM, where, what + " is in no log");
        } else if (!log.members(entry.getConversation()).entitles(entry.getUser(), entry.getVersion())) {
            findings.report(Flaw.LEAK, where, what + " is for members alone");
        }
    }

    private static void order(Findings findings, String conversation, String user, List<Long> versions) {
        var numbering = Numbering.of(versions); // a member may join late and leave: holes mean nothing here
        var where = "timeline " + user;
        if (!numbering.doubled().isEmpty()) {
            findings.report(Flaw.DUPLICATE, where, conversation + " versions again: " + numbering.doubled());
        }
        if (!numbering.descents().isEmpty()) {
            findings.report(Flaw.REORDERED, where, conversation + " versions too late: " + numbering.descents());
        }
    }
}
