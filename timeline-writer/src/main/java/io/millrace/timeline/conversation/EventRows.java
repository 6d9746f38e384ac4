package io.millrace.timeline.conversation;

import io.millrace.schemas.record.ConversationEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one event: the event itself and what it does to messages, members and title. */
final class EventRows {
    private EventRows() {}

    static void of(ConversationEvent e, List<ConversationRow> rows) {
        rows.add(event(e));
        var target = e.getTargetSeq();
        switch (e.getKind()) {
            case MESSAGE -> {
                rows.add(posted(e));
                if (Traits.expiresAtMs(e) != 0) {
                    rows.add(new ConversationRow.Body(
                            e.getConversation(), e.getStamp(), e.getLastSeq(), e.getBody(), Traits.expiresAtMs(e)));
                }
                over(e, rows);
            }
            case EDITED -> {
                if (target != null) {
                    rows.add(new ConversationRow.Edited(
                            e.getConversation(),
                            e.getStamp(),
                            target,
                            e.getVersion(),
                            e.getFrom(),
                            e.getAt().toEpochMilli(),
                            e.getBody(),
                            e.getBodyKey(),
                            Traits.expiresAtMs(e)));
                }
            }
            case RECALLED -> {
                if (target != null) {
                    rows.add(new ConversationRow.Recalled(
                            e.getConversation(),
                            e.getStamp(),
                            target,
                            e.getVersion(),
                            e.getFrom(),
                            e.getAt().toEpochMilli()));
                }
            }
            case REACTION -> {
                var emoji = e.getEmoji();
                if (target != null && emoji != null) {
                    rows.add(new ConversationRow.Reacted(
                            e.getConversation(),
                            e.getStamp(),
                            target,
                            e.getVersion(),
                            e.getFrom(),
                            emoji,
                            e.getReactionRemoved()));
                }
            }
            case MEMBERS, CONVERSATION, DISSOLVED -> life(e, rows);
            case MUTED -> mutes(e, rows);
            case SCHEDULED -> rows.add(scheduled(e));
            case UNSCHEDULED -> over(e, rows);
            case LINK -> link(e, rows);
            case READ, SETTINGS, BLOCKED, UNBLOCKED, UNKNOWN -> {
                // the event row alone: a kind that this release does not know is served as unreadable
            }
        }
    }

    static ConversationRow.Event unreadable(String conversation, ConversationHead at, long atMs) {
        return new ConversationRow.Event(
                conversation,
                at.stamp(),
                at.version(),
                RowKind.UNREADABLE,
                null,
                at.seq(),
                null,
                null,
                null,
                atMs,
                null,
                false,
                Map.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                null);
    }

    private static ConversationRow.Event event(ConversationEvent e) {
        return new ConversationRow.Event(
                e.getConversation(),
                e.getStamp(),
                e.getVersion(),
                RowKind.of(e.getKind()),
                e.getSeq() != null ? e.getSeq() : e.getTargetSeq(),
                e.getLastSeq(),
                e.getFrom(),
                e.getDevice(),
                e.getClientMessageId(),
                e.getAt().toEpochMilli(),
                e.getEmoji(),
                e.getReactionRemoved(),
                added(e),
                List.copyOf(e.getRemoved()),
                e.getTitle(),
                List.copyOf(e.getMuted()),
                e.getMutedUntil() == null ? null : e.getMutedUntil().toEpochMilli(),
                EventDetails.of(e),
                e.getHash());
    }

    private static ConversationRow.Posted posted(ConversationEvent e) {
        return new ConversationRow.Posted(
                e.getConversation(),
                e.getStamp(),
                e.getLastSeq(),
                e.getVersion(),
                e.getMessageId(),
                e.getFrom(),
                e.getDevice(),
                e.getClientMessageId(),
                e.getAt().toEpochMilli(),
                e.getBody(),
                e.getBodyKey(),
                e.getReplyTo(),
                List.copyOf(e.getMentions()),
                e.getMentionAll(),
                Traits.of(e));
    }

    private static void life(ConversationEvent e, List<ConversationRow> rows) {
        var conversation = e.getConversation();
        for (var member : e.getAdded()) {
            rows.add(new ConversationRow.Member(
                    conversation,
                    e.getStamp(),
                    member.getUser(),
                    e.getVersion(),
                    true,
                    member.getRole().name(),
                    e.getLastSeq()));
        }
        for (var user : e.getRemoved()) {
            rows.add(new ConversationRow.Member(
                    conversation, e.getStamp(), user, e.getVersion(), false, null, e.getLastSeq()));
        }
        var title = e.getTitle();
        if (title != null) {
            rows.add(new ConversationRow.Titled(conversation, e.getStamp(), e.getVersion(), title));
        }
        holds(e, Fact.ANNOUNCEMENT, e.getAnnouncement(), rows);
        var rule = e.getJoinRule();
        holds(e, Fact.JOIN_RULE, rule == null ? null : rule.name().toLowerCase(Locale.ROOT), rows);
    }

    private static void holds(ConversationEvent e, String name, @Nullable String value, List<ConversationRow> rows) {
        if (value != null) {
            rows.add(new ConversationRow.Holds(
                    e.getConversation(), e.getStamp(), new Fact(name, e.getVersion(), value)));
        }
    }

    private static void link(ConversationEvent e, List<ConversationRow> rows) {
        long until = e.getLinkUntil() == null ? 0 : e.getLinkUntil().toEpochMilli();
        holds(e, Fact.LINK + e.getLink(), Long.toString(until), rows);
    }

    private static ConversationRow.Scheduled scheduled(ConversationEvent e) {
        var sendAt = e.getSendAt();
        return new ConversationRow.Scheduled(
                e.getConversation(),
                e.getStamp(),
                e.getFrom(),
                new WaitingMessage(
                        e.getVersion(),
                        e.getAt().toEpochMilli(),
                        sendAt == null ? 0 : sendAt.toEpochMilli(),
                        Traits.expiresAtMs(e),
                        e.getClientMessageId(),
                        e.getBody(),
                        e.getBodyKey(),
                        e.getReplyTo(),
                        List.copyOf(e.getMentions()),
                        e.getMentionAll()));
    }

    private static void over(ConversationEvent e, List<ConversationRow> rows) {
        var version = e.getTargetVersion();
        if (version != null) {
            rows.add(new ConversationRow.ScheduleOver(e.getConversation(), e.getStamp(), e.getFrom(), version));
        }
    }

    private static void mutes(ConversationEvent e, List<ConversationRow> rows) {
        long until = e.getMutedUntil() == null ? 0 : e.getMutedUntil().toEpochMilli();
        var users = e.getMuted().isEmpty() ? List.of("") : e.getMuted();
        for (var user : users) {
            rows.add(new ConversationRow.Muted(e.getConversation(), e.getStamp(), user, e.getVersion(), until));
        }
    }

    private static Map<String, String> added(ConversationEvent e) {
        var added = new LinkedHashMap<String, String>();
        for (var member : e.getAdded()) {
            added.put(member.getUser(), member.getRole().name());
        }
        return added;
    }
}
