package io.millrace.guarantees.check;

import io.millrace.guarantees.history.Action;
import io.millrace.guarantees.history.Operation;
import io.millrace.guarantees.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message that was sent after another had been answered has the greater seq: of one sender, and of any two in the same
 * conversation, since {@code posted} is told after numbering.
 */
final class InOrderOfAnswers implements Rule {
    @Override
    public void check(Evidence evidence, Log log, Findings findings) {
        Map<String, List<Operation>> sends = new TreeMap<>();
        for (Operation operation : evidence.clients().operations()) {
            var conversation = operation.conversation();
            if (operation.action() == Action.SEND && operation.outcome() != Outcome.FAILED && conversation != null) {
                sends.computeIfAbsent(conversation, c -> new ArrayList<>()).add(operation);
            }
        }
        sends.forEach((conversation, operations) -> check(conversation, operations, log, findings));
    }

    private static void check(String conversation, List<Operation> operations, Log log, Findings findings) {
        var byInvocation = firstPerKey(operations);
        var byEnd = new ArrayList<>(
                operations.stream().filter(each -> each.outcome() == Outcome.OK).toList());
        byEnd.sort(Comparator.comparingLong(Operation::endedNs));
        int ended = 0;
        Operation greatest = null;
        for (Operation operation : byInvocation) {
            while (ended < byEnd.size() && byEnd.get(ended).endedNs() < operation.invokedNs()) {
                var candidate = byEnd.get(ended++);
                if (greatest == null || seq(candidate, log) > seq(greatest, log)) {
                    greatest = candidate;
                }
            }
            if (greatest != null && seq(operation, log) > 0 && seq(operation, log) < seq(greatest, log)) {
                findings.report(
                        Flaw.REORDERED,
                        "log " + conversation,
                        "[" + operation + "] came after the answer of [" + greatest + "]");
            }
        }
    }

    /** A retry is as old as its first transmission, whether that one was answered or not. */
    private static List<Operation> firstPerKey(List<Operation> operations) {
        var first = new TreeMap<String, Operation>();
        operations.forEach(each ->
                first.merge(each.user() + " " + each.key(), each, (a, b) -> a.invokedNs() <= b.invokedNs() ? a : b));
        return first.values().stream()
                .sorted(Comparator.comparingLong(Operation::invokedNs))
                .toList();
    }

    /** As the log has it; 0 if it has nothing. */
    private static long seq(Operation operation, Log log) {
        var conversation = operation.conversation();
        @Nullable
        Long seq = conversation == null
                ? null
                : log
                        .byIdentity()
                        .getOrDefault(new Identity(operation.user(), conversation, operation.key()), List.of())
                        .stream()
                        .map(event -> event.getSeq())
                        .filter(each -> each != null)
                        .findFirst()
                        .orElse(null);
        return seq == null ? 0 : seq;
    }
}
