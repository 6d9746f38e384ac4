package io.millrace.example.analytics;

import io.millrace.example.analytics.record.EarlyReceipt;
import io.millrace.example.analytics.record.Minute;
import io.millrace.example.analytics.record.Reached;
import io.millrace.example.analytics.record.Sent;
import io.millrace.example.analytics.record.Tail;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.MemberRef;
import io.millrace.schemas.record.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a receipt says to be delivered: those of others after the one that the user had before, or that was the
 * last when it came. In bounded space: what is beyond is not counted. Pure.
 */
final class Tails {
    /** Messages of a conversation that may still be delivered. */
    static final int MOST_MESSAGES = 200;

    /** Members of a group; deliveries in greater ones are told to nobody, unless the operator sets it so. */
    static final int MOST_MEMBERS = 100;

    private static final int MOST_EARLY = 200;

    private Tails() {}

    /** The conversation afterwards, and a minute for each delivery that is known now. */
    record Step(Tail after, List<Minute> deliveries) {}

    static Step event(@Nullable Tail before, ConversationEvent event) {
        var tail = before == null ? empty() : before;
        var members = members(tail, event);
        if (event.getKind() != EventKind.MESSAGE || event.getSeq() == null) {
            return new Step(new Tail(event.getLastSeq(), tail.getMessages(), members, tail.getEarly()), List.of());
        }
        var sent = new Sent(event.getSeq(), event.getFrom(), event.getAt().toEpochMilli());
        var messages = last(MOST_MESSAGES, tail.getMessages(), sent);
        var deliveries = new ArrayList<Minute>();
        var told = new ArrayList<String>();
        for (var receipt : tail.getEarly()) {
            boolean first = receipt.getSeq() >= sent.getSeq() && !told.contains(receipt.getUser());
            if (first && !receipt.getUser().equals(sent.getFrom())) {
                told.add(receipt.getUser());
                deliveries.add(delivery(sent, receipt.getAtMs()));
            }
        }
        var early = tail.getEarly().stream()
                .filter(receipt -> receipt.getSeq() > sent.getSeq())
                .toList();
        return new Step(new Tail(sent.getSeq(), messages, members, early), deliveries);
    }

    static Step receipt(@Nullable Tail before, Receipt receipt) {
        var tail = before == null ? empty() : before;
        boolean membersAreKnown = before != null && !receipt.getConversation().startsWith("d:");
        var known = reached(tail.getMembers());
        var reached = known.get(receipt.getUser());
        if (reached == null && membersAreKnown) {
            return new Step(tail, List.of()); // a group that is too large, or left again
        }
        long had = reached == null ? 0 : reached;
        if (receipt.getDelivered() <= had) {
            return new Step(tail, List.of());
        }
        long atMs = receipt.getAt().toEpochMilli();
        var deliveries = tail.getMessages().stream()
                .filter(sent -> sent.getSeq() > had && sent.getSeq() <= receipt.getDelivered())
                .filter(sent -> !sent.getFrom().equals(receipt.getUser()))
                .map(sent -> delivery(sent, atMs))
                .toList();
        known.put(receipt.getUser(), receipt.getDelivered());
        var early = receipt.getDelivered() > tail.getLastSeq()
                ? last(MOST_EARLY, tail.getEarly(), new EarlyReceipt(receipt.getUser(), receipt.getDelivered(), atMs))
                : tail.getEarly();
        return new Step(new Tail(tail.getLastSeq(), tail.getMessages(), list(known), early), deliveries);
    }

    /** Who is new has nothing to wait for that was before. */
    private static List<Reached> members(Tail tail, ConversationEvent event) {
        if (event.getAdded().isEmpty() && event.getRemoved().isEmpty()) {
            return tail.getMembers();
        }
        var known = reached(tail.getMembers());
        event.getRemoved().forEach(known::remove);
        if (known.size() + event.getAdded().size() > MOST_MEMBERS) {
            return List.of();
        }
        event.getAdded().stream().map(MemberRef::getUser).forEach(user -> known.putIfAbsent(user, event.getLastSeq()));
        return list(known);
    }

    private static Minute delivery(Sent sent, long atMs) {
        return Minutes.delivery(Instant.ofEpochMilli(sent.getAtMs()), atMs - sent.getAtMs());
    }

    private static Tail empty() {
        return new Tail(0L, List.of(), List.of(), List.of());
    }

    private static Map<String, Long> reached(List<Reached> members) {
        var known = new TreeMap<String, Long>();
        members.forEach(member -> known.put(member.getUser(), member.getSeq()));
        return known;
    }

    private static List<Reached> list(Map<String, Long> known) {
        return known.entrySet().stream()
                .map(each -> new Reached(each.getKey(), each.getValue()))
                .toList();
    }

    private static <T> List<T> last(int most, List<T> before, T one) {
        var all = new ArrayList<>(before);
        all.add(one);
        return all.size() > most ? all.subList(all.size() - most, all.size()) : all;
    }
}
