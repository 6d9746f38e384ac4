package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicCatalogue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Where a dead letter lies, written {@code commands.dlq:7:0}. */
record LetterName(String topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("([a-z-]+\\.dlq):([0-9]{1,6}):([0-9]{1,18})");

    /** Empty where the text names no dead letter of any topic. */
    static Optional<LetterName> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() && isDeadLetters(form.group(1))
                ? Optional.of(
                        new LetterName(form.group(1), Integer.parseInt(form.group(2)), Long.parseLong(form.group(3))))
                : Optional.empty();
    }

    private static boolean isDeadLetters(String topic) {
        return topic.equals(TopicCatalogue.COMMANDS_DEAD_LETTERS.name())
                || topic.equals(TopicCatalogue.USER_COMMANDS_DEAD_LETTERS.name());
    }

    TopicPartition place() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + ":" + partition + ":" + offset;
    }
}
