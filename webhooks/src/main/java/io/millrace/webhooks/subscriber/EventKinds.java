package io.millrace.webhooks.subscriber;

import io.millrace.schemas.record.EventKind;
import io.millrace.service.config.ConfigException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Kinds of events as the client protocol writes them. */
final class EventKinds {
    /** Told to all members of a conversation. */
    private static final Set<EventKind> USUAL = EnumSet.of(
            EventKind.MESSAGE,
            EventKind.EDITED,
            EventKind.RECALLED,
            EventKind.REACTION,
            EventKind.MEMBERS,
            EventKind.CONVERSATION,
            EventKind.MUTED,
            EventKind.DISSOLVED);
    /** Told to some of them: only who asks for these by name gets them. */
    private static final Set<EventKind> CONFIDENTIAL = EnumSet.of(
            EventKind.BLOCKED, EventKind.UNBLOCKED, EventKind.LINK, EventKind.SCHEDULED, EventKind.UNSCHEDULED);

    private EventKinds() {}

    static List<String> usual() {
        return names(USUAL);
    }

    /** @throws ConfigException if a name is none */
    static Set<EventKind> of(List<String> names) {
        var kinds = EnumSet.noneOf(EventKind.class);
        for (var name : names) {
            kinds.add(of(name));
        }
        return kinds;
    }

    private static EventKind of(String name) {
        for (var kind : EventKind.values()) {
            if ((USUAL.contains(kind) || CONFIDENTIAL.contains(kind))
                    && name(kind).equals(name)) {
                return kind;
            }
        }
        throw new ConfigException("events are " + names(USUAL) + " and, only by name, " + names(CONFIDENTIAL));
    }

    private static List<String> names(Set<EventKind> kinds) {
        var names = new ArrayList<String>();
        kinds.forEach(kind -> names.add(name(kind)));
        return List.copyOf(names);
    }

    private static String name(EventKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
