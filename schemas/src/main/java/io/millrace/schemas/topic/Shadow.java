package io.millrace.schemas.topic;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names of a shadow: a second router that decides the live input anew and writes what comes of it into topics of its own.
 * Everything that belongs to it in Kafka and in the registry begins with its prefix, and nothing else does.
 *
 * @param name small letters and digits, at most 20
 */
public record Shadow(String name) {
    /** What a shadow writes. Whatever else a router writes is for sockets, and goes nowhere. */
    public static final List<TopicSpec<?>> OUTPUTS = List.of(
            TopicCatalogue.CONVERSATION_EVENTS,
            TopicCatalogue.REJECTIONS,
            TopicCatalogue.INBOX,
            TopicCatalogue.TIMELINE_ENTRIES,
            TopicCatalogue.COMMANDS_DEAD_LETTERS,
            TopicCatalogue.USER_COMMANDS_DEAD_LETTERS);

    private static final String COMMON_PREFIX = "shadow-";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");
    private static final Pattern EPOCH_TOPIC =
            Pattern.compile(COMMON_PREFIX + "(" + NAME.pattern() + ")-" + TopicCatalogue.EPOCHS.name());

    public Shadow {
        if (!isName(name)) {
            throw new IllegalArgumentException("a shadow's name is 1 to 20 small letters and digits, not " + name);
        }
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The shadows that have begun, by the names of all topics. */
    public static List<Shadow> among(Iterable<String> topics) {
        var found = new TreeSet<String>();
        topics.forEach(topic -> {
            var matcher = EPOCH_TOPIC.matcher(topic);
            if (matcher.matches()) {
                found.add(matcher.group(1));
            }
        });
        return found.stream().map(Shadow::new).toList();
    }

    /** With a dash at its end, which no name has: so no shadow's prefix is the beginning of another one's. */
    public String prefix() {
        return COMMON_PREFIX + name + "-";
    }

    /** The shadow's own topic in place of a live one. */
    public String topic(TopicSpec<?> live) {
        return prefix() + live.name();
    }

    /**
     * Holds one record, written when the shadow has its state: the live numbering, and as its time the one that parts what
     * the shadow took over from what it decides itself.
     */
    public String epochTopic() {
        return topic(TopicCatalogue.EPOCHS);
    }

    /** The shadow's own application id, and so its consumer group, in place of a live one. */
    public String application(String live) {
        return prefix() + live;
    }

    /** Both application ids, and so consumer groups. */
    public List<String> applications() {
        return List.of(application(TopicCatalogue.CONVERSATIONS_APP), application(TopicCatalogue.USERS_APP));
    }

    /** Whether a topic, group or subject is this shadow's. */
    public boolean owns(String somethingNamed) {
        return somethingNamed.startsWith(prefix());
    }
}
