package io.millrace.timeline.replay;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.serde.PoisonRecordException;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Whether a record that became a dead letter can be taken now, as far as can be told without the router. */
final class SourceForm {
    private final Deserializer<? extends SpecificRecord> commands;
    private final Deserializer<? extends SpecificRecord> userCommands;

    SourceForm(ReplayLog log) {
        commands = log.serdes().deserializer(Command.class);
        userCommands = log.serdes().deserializer(UserCommand.class);
    }

    /** Why it would come back as a dead letter; empty where nothing speaks against it. */
    Optional<String> obstacle(DeadLetter letter, OriginalRecord original) {
        return switch (letter.getCause()) {
            case MISSING_KEY, MISSING_VALUE, KEY_MISMATCH -> Optional.of(letter.getDetail());
            case NOT_AVRO, UNKNOWN_SCHEMA, INVALID, UNKNOWN -> {
                try {
                    decode(letter, original);
                    yield Optional.empty();
                } catch (PoisonRecordException e) {
                    yield Optional.ofNullable(e.getMessage());
                }
            }
        };
    }

    /** Empty where there is no value, or none that can be decoded. */
    Optional<SpecificRecord> decoded(DeadLetter letter, OriginalRecord original) {
        try {
            return Optional.ofNullable(decode(letter, original));
        } catch (PoisonRecordException e) {
            return Optional.empty();
        }
    }

    private SpecificRecord decode(DeadLetter letter, OriginalRecord original) {
        var deserializer = letter.getTopic().equals(TopicCatalogue.COMMANDS.name()) ? commands : userCommands;
        return deserializer.deserialize(letter.getTopic(), OriginalRecord.bytes(original.value()));
    }
}
