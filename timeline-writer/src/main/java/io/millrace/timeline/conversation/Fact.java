package io.millrace.timeline.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Something that holds of a group from a version on: its announcement, its join rule, a join link. */
public record Fact(String name, long version, String value) {
    public static final String ANNOUNCEMENT = "announcement";
    public static final String JOIN_RULE = "joinRule";
    /** Goes on with the link's id; the value is when it ends, milliseconds since the epoch, 0 for revoked. */
    public static final String LINK = "link:";

    /** What holds at that version, by name. */
    public static Map<String, String> at(long version, List<Fact> facts) {
        var latest = new HashMap<String, Fact>();
        for (var fact : facts) {
            if (fact.version() <= version) {
                latest.merge(fact.name(), fact, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        var values = new HashMap<String, String>();
        latest.forEach((name, fact) -> values.put(name, fact.value()));
        return values;
    }

    /** When each link ends that opens the group at that version and time, by the link's id. */
    public static Map<String, Long> liveLinks(long version, List<Fact> links, long nowMs) {
        var live = new TreeMap<String, Long>();
        at(version, links).forEach((name, value) -> {
            long until = Long.parseLong(value);
            if (until > nowMs) {
                live.put(name.substring(LINK.length()), until);
            }
        });
        return live;
    }
}
