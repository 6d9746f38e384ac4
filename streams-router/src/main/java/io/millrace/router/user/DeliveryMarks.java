package io.millrace.router.user;

import io.millrace.router.runtime.SectionStore;
import io.millrace.schemas.state.Undelivered;
import io.millrace.schemas.state.UndeliveredConversation;
import java.util.ArrayList;
import java.util.List;

/**
 * Which messages of others no device of a user has stored yet, in bounded space: of each conversation one message that is
 * waited for and the newest, which is waited for next. A cursor that passes a mark delivers everything through it.
 */
final class DeliveryMarks {
    /** Conversations per user; the one least recently used is forgotten, its next message covers it. */
    static final int MOST = 32;

    private static final Undelivered NONE = new Undelivered(List.of());

    private final SectionStore<String, Undelivered> store;

    DeliveryMarks(SectionStore<String, Undelivered> store) {
        this.store = store;
    }

    /** A conversation and the seq through which it is delivered. */
    record Delivered(String conversation, long seq) {}

    /** A message of somebody else got this position in the user's timeline. */
    void await(String user, String conversation, long position, long seq) {
        var rest = new ArrayList<UndeliveredConversation>();
        var mark = new UndeliveredConversation(conversation, 0L, position, seq, position, seq);
        for (var each : of(user).getConversations()) {
            if (each.getConversation().equals(conversation)) {
                mark = each.getPosition() == 0
                        ? new UndeliveredConversation(conversation, each.getDelivered(), position, seq, position, seq)
                        : new UndeliveredConversation(
                                conversation, each.getDelivered(), each.getPosition(), each.getSeq(), position, seq);
            } else {
                rest.add(each);
            }
        }
        rest.add(mark);
        store.put(user, new Undelivered(rest.size() > MOST ? rest.subList(rest.size() - MOST, rest.size()) : rest));
    }

    /** A device has everything through this position. */
    List<Delivered> stored(String user, long position) {
        var delivered = new ArrayList<Delivered>();
        var after = new ArrayList<UndeliveredConversation>();
        for (var each : of(user).getConversations()) {
            long seq = each.getNewestPosition() <= position
                    ? each.getNewestSeq()
                    : each.getPosition() <= position ? each.getSeq() : 0;
            if (each.getPosition() == 0 || seq <= each.getDelivered()) {
                after.add(each);
                continue;
            }
            delivered.add(new Delivered(each.getConversation(), seq));
            boolean all = each.getNewestPosition() <= position;
            after.add(new UndeliveredConversation(
                    each.getConversation(),
                    seq,
                    all ? 0L : each.getNewestPosition(),
                    all ? 0L : each.getNewestSeq(),
                    each.getNewestPosition(),
                    each.getNewestSeq()));
        }
        if (!delivered.isEmpty()) {
            store.put(user, new Undelivered(after));
        }
        return delivered;
    }

    /**
     * The user has read through this seq, and so has it; no message through it is waited for any more.
     *
     * @return the seq through which the conversation is delivered now; 0 if nothing is remembered of it
     */
    long read(String user, String conversation, long seq) {
        var after = new ArrayList<UndeliveredConversation>();
        long delivered = 0;
        boolean changed = false;
        for (var each : of(user).getConversations()) {
            if (!each.getConversation().equals(conversation)) {
                after.add(each);
                continue;
            }
            delivered = Math.max(each.getDelivered(), seq);
            changed = seq > each.getDelivered();
            boolean all = each.getNewestSeq() <= delivered;
            boolean passed = each.getSeq() <= delivered;
            after.add(new UndeliveredConversation(
                    conversation,
                    delivered,
                    all ? 0L : passed ? each.getNewestPosition() : each.getPosition(),
                    all ? 0L : passed ? each.getNewestSeq() : each.getSeq(),
                    each.getNewestPosition(),
                    each.getNewestSeq()));
        }
        if (changed) {
            store.put(user, new Undelivered(after));
        }
        return delivered;
    }

    private Undelivered of(String user) {
        var marks = store.get(user);
        return marks == null ? NONE : marks;
    }
}
