package io.millrace.timeline.replay;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.TimelineEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the records of an export those of another log: other ids, the numbering's name, and the chained hashes that follow.
 * On the way it holds that nothing is missing: events first, each conversation from version 1 without a hole and with the
 * hashes that it should have; then the same of timelines, of which every event must be there.
 */
final class SliceFold {
    private final IdRewrite ids;
    private final String epoch;
    private final Map<String, Head> conversations = new HashMap<>();
    private final Map<String, Head> timelines = new HashMap<>();

    /** The last number, its hash as it was, and as it is now. */
    private record Head(long number, Hash128 was, Hash128 is, String newId) {}

    /** @param epoch of the log that it goes into */
    SliceFold(IdRewrite ids, String epoch) {
        this.ids = ids;
        this.epoch = epoch;
    }

    ConversationEvent next(ConversationEvent event) {
        var id = event.getConversation();
        var head = conversations.getOrDefault(id, new Head(0, ChainHash.NONE, ChainHash.NONE, ""));
        if (event.getVersion() != head.number() + 1
                || !ChainHash.next(head.was(), event).equals(event.getHash())) {
            throw new ReplayException(
                    "version " + event.getVersion() + " of " + id + " does not follow version " + head.number());
        }
        var renamed = ids.of(event);
        renamed.put("hash", ChainHash.next(head.is(), renamed));
        conversations.put(
                id, new Head(event.getVersion(), event.getHash(), renamed.getHash(), renamed.getConversation()));
        return renamed;
    }

    TimelineEntry next(TimelineEntry entry) {
        var id = entry.getUser();
        var head = timelines.getOrDefault(id, new Head(0, ChainHash.NONE, ChainHash.NONE, ""));
        if (entry.getPosition() != head.number() + 1
                || !ChainHash.next(head.was(), entry).equals(entry.getHash())) {
            throw new ReplayException(
                    "position " + entry.getPosition() + " of " + id + " does not follow position " + head.number());
        }
        var conversation = conversations.get(entry.getConversation());
        if (entry.getVersion() != null && (conversation == null || conversation.number() < entry.getVersion())) {
            throw new ReplayException("the timeline of " + id + " has version " + entry.getVersion() + " of "
                    + entry.getConversation() + ", which is not in the export; export it with --closed");
        }
        var renamed = ids.of(entry);
        renamed.put("epoch", epoch);
        renamed.put("hash", ChainHash.next(head.is(), renamed));
        timelines.put(id, new Head(entry.getPosition(), entry.getHash(), renamed.getHash(), renamed.getUser()));
        return renamed;
    }

    Receipt next(Receipt receipt) {
        if (!conversations.containsKey(receipt.getConversation())) {
            throw new ReplayException("a receipt of " + receipt.getConversation() + ", which is not in the export");
        }
        return ids.of(receipt);
    }

    /** New ids of the conversations so far. */
    Set<String> conversations() {
        var all = new TreeSet<String>();
        conversations.values().forEach(head -> all.add(head.newId()));
        return all;
    }

    /** New ids of the users whose timelines came so far. */
    Set<String> users() {
        var all = new TreeSet<String>();
        timelines.values().forEach(head -> all.add(head.newId()));
        return all;
    }
}
