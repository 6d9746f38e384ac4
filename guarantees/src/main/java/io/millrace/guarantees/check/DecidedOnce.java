package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Operation;
import io.millrace.guarantees.history.Outcome;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was accepted is posted or rejected exactly once, as its client was told; and nothing stands that nobody asked for. */
final class DecidedOnce implements Rule {
    private static final String LOG = "log";

    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        Map<Identity, List<Operation>> asked = new HashMap<>();
        for (Operation operation : evidence.clients().operations()) {
            var identity = identity(operation, log);
            if (identity != null) {
                asked.computeIfAbsent(identity, i -> new ArrayList<>()).add(operation);
            } else if (operation.isOwed()) {
                findings.report(Flaw.LOST, LOG, "there is no " + operation);
            }
        }
        asked.forEach(
                (identity, operations) -> operations.forEach(operation -> compare(operation, identity, log, findings)));
        log.byIdentity().forEach((identity, events) -> {
            if (events.size() > 1) {
                findings.report(Flaw.DUPLICATE, LOG, identity + " has versions " + versions(events));
            }
            if (!asked.containsKey(identity)) {
                findings.report(Flaw.PHANTOM, LOG, "nobody asked for " + identity + ", versions " + versions(events));
            }
        });
        log.rejections().forEach((identity, rejections) -> {
            if (log.byIdentity().containsKey(identity) && refused(rejections)) {
                findings.report(Flaw.DUPLICATE, LOG, identity + " was both posted and rejected");
            }
            if (rejections.size() > 1) {
                findings.report(Flaw.DUPLICATE, "rejections", identity + " is there " + rejections.size() + " times");
            }
        });
    }

    /** A group has no id before it is made: its maker and key find it. */
    private static @Nullable Identity identity(Operation operation, Log log) {
        var conversation = operation.conversation();
        if (conversation != null) {
            return new Identity(operation.user(), conversation, operation.key());
        }
        return log.byIdentity().keySet().stream()
                .filter(each -> each.user().equals(operation.user())
                        && each.key().equals(operation.key())
                        && each.conversation().startsWith("g:"))
                .findFirst()
                .orElse(null);
    }

    private static void compare(Operation operation, Identity identity, Log log, Findings findings) {
        var events = log.byIdentity().getOrDefault(identity, List.of());
        var rejections = log.rejections().getOrDefault(identity, List.of());
        if (!operation.action().makesEvent()) {
            return; // reads are judged by the timelines
        }
        if (events.isEmpty()) {
            boolean stands = operation.outcome() == Outcome.OK && !operation.unchanged();
            boolean decided = operation.outcome() != Outcome.UNKNOWN || !rejections.isEmpty();
            if (stands || (operation.isOwed() && !decided)) {
                findings.report(Flaw.LOST, LOG, "there is no " + operation);
            }
            return;
        }
        var event = events.get(0);
        if (operation.outcome() == Outcome.FAILED) {
            findings.report(Flaw.PHANTOM, LOG, "version " + event.getVersion() + " stands, but failed: " + operation);
            return;
        }
        if (operation.outcome() == Outcome.OK && !operation.unchanged()) {
            compareNumbers(operation, event, findings);
        }
        if (operation.bodyHash() != null && !operation.bodyHash().equals(Log.hash(event))) {
            findings.report(Flaw.ALTERED, LOG, "version " + event.getVersion() + " has not the body of " + operation);
        }
        if (operation.action() != Action.SEND
                && operation.targetSeq() != null
                && !operation.targetSeq().equals(event.getTargetSeq())) {
            findings.report(
                    Flaw.VIEWS_DIFFER, LOG, "version " + event.getVersion() + " is about another seq: " + operation);
        }
    }

    private static void compareNumbers(Operation operation, ConversationEvent event, Findings findings) {
        boolean otherVersion = operation.version() != null && operation.version() != event.getVersion();
        boolean otherSeq = operation.seq() != null && !operation.seq().equals(event.getSeq());
        if (otherVersion || otherSeq) {
            findings.report(
                    Flaw.SEQ_TWICE,
                    LOG,
                    "version " + event.getVersion() + " seq " + event.getSeq() + " was told otherwise: " + operation);
        }
        if (operation.messageId() != null && !Objects.equals(operation.messageId(), event.getMessageId())) {
            findings.report(
                    Flaw.VIEWS_DIFFER, LOG, "version " + event.getVersion() + " has another messageId: " + operation);
        }
    }

    /** Commands that changed nothing are remembered among the rejections, as posted. */
    private static boolean refused(List<Rejection> rejections) {
        return rejections.stream().anyMatch(each -> each.getCode() != DecisionCode.POSTED);
    }

    private static List<Long> versions(List<ConversationEvent> events) {
        return events.stream().map(ConversationEvent::getVersion).toList();
    }
}
