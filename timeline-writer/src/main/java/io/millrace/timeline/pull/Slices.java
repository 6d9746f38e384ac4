package io.millrace.timeline.pull;

import io.millrace.schemas.id.ConversationId;
import io.millrace.timeline.cassandra.ConversationReads;
import io.millrace.timeline.conversation.ConversationHead;
import io.millrace.timeline.conversation.Visibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads slices of conversations for one user. The order of reading is what makes a page consistent: first how far the
 * conversation is applied, then membership and content. What is younger than the first is recognised by its version.
 */
final class Slices {
    private final ConversationReads reads;
    private final ReadableMessages messages;

    Slices(ConversationReads reads, ReadableMessages messages) {
        this.reads = reads;
        this.messages = messages;
    }

    /** What is wanted of a conversation. */
    record Wanted(Set<Long> seqs, Set<Long> versions, Set<Long> scheduled) {
        Wanted() {
            this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    Map<String, Slice> load(String user, Map<String, Wanted> wanted) {
        var visibilities = visibilities(user, wanted.keySet());
        var slices = new HashMap<String, Slice>();
        wanted.forEach((conversation, what) -> {
            var visibility = visibilities.getOrDefault(conversation, Visibility.none(ConversationHead.NONE));
            slices.put(
                    conversation,
                    new Slice(
                            visibility,
                            what.seqs().isEmpty() ? Map.of() : messages.messages(conversation, what.seqs()),
                            what.versions().isEmpty() ? Map.of() : reads.events(conversation, what.versions()),
                            what.scheduled().isEmpty() ? Map.of() : messages.waiting(conversation, user)));
        });
        return slices;
    }

    Visibility visibility(String user, String conversation) {
        return visibilities(user, List.of(conversation))
                .getOrDefault(conversation, Visibility.none(ConversationHead.NONE));
    }

    /** What the user may see of each, read at the applied version of each. */
    Map<String, Visibility> visibilities(String user, Collection<String> conversations) {
        var heads = reads.heads(conversations);
        var grouped = conversations.stream().filter(c -> !direct(c)).toList();
        var changes = reads.membership(grouped, user);
        var visibilities = new HashMap<String, Visibility>();
        heads.forEach((conversation, head) -> {
            Visibility visibility;
            if (direct(conversation)) {
                visibility = new ConversationId(conversation).isDirectOf(user)
                        ? Visibility.all(head)
                        : Visibility.none(head);
            } else {
                visibility = Visibility.of(changes.getOrDefault(conversation, List.of()), head);
            }
            visibilities.put(conversation, visibility);
        });
        return visibilities;
    }

    private static boolean direct(String conversation) {
        return conversation.startsWith("d:");
    }
}
