package io.millrace.router.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.serde.PoisonRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.LoggerFactory;

/**
 * Any bytes as records of commands and user-commands: each ends in a decision or a dead letter, and stops neither
 * application. The first byte chooses the topic and the key, the rest is the value.
 */
public final class LogFuzz {
    /** Then everything is begun anew, so that memory says something about one record and not about all. */
    private static final int RECORDS = 3000;

    private static final Set<UserCommandType> DECIDED =
            Set.of(UserCommandType.READ, UserCommandType.SETTINGS, UserCommandType.DELETE);
    private static final Set<CommandType> NOT_DECIDED =
            Set.of(CommandType.TYPING, CommandType.ASK_PRESENCE, CommandType.POST_SCHEDULED);

    private static HostileLog log;
    private static int fed;

    private LogFuzz() {}

    /** Called by the fuzzer, which does not count the time that it takes. */
    public static void fuzzerInitialize() {
        for (var name : List.of("org.apache.kafka", "io.millrace")) {
            ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF); // a stack trace for each record takes longest
        }
        log = new HostileLog();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        if (++fed % RECORDS == 0) {
            log.close();
            log = new HostileLog();
        } else if (fed % 50 == 0) {
            log.later(Duration.ofSeconds(1));
        }
        var value = ByteBuffer.allocate(input.length - 1)
                .put(input, 1, input.length - 1)
                .array();
        boolean user = (input[0] & 1) != 0;
        var record = decoded(user, value);
        var key = key(input[0] >> 1 & 3, record);
        var outcome = user ? log.feedUser(key, value) : log.feed(key, value);
        long decisions = outcome.deliveries().stream()
                .filter(delivery -> delivery.getKind() == DeliveryKind.DECISION)
                .count();
        int letters = outcome.letters().size();
        if (record == null && letters != 1) {
            throw new AssertionError(letters + " dead letters of what is no record");
        }
        if (letters + decisions > 1 || (isDecided(record) && letters + decisions == 0)) {
            throw new AssertionError(letters + " dead letters and " + decisions + " decisions of one record");
        }
        if (letters == 1 && !outcome.letters().get(0).getValue().equals(ByteBuffer.wrap(value))) {
            // What decodes may be written in another way than it came: an array in many blocks, a number too long.
            if (record == null) {
                throw new AssertionError("a dead letter is not what came");
            }
        }
    }

    private static boolean isDecided(SpecificRecord record) {
        if (record instanceof Command command) {
            return command.getOrigin() != null && !NOT_DECIDED.contains(command.getType());
        }
        return record instanceof UserCommand command && DECIDED.contains(command.getType());
    }

    private static SpecificRecord decoded(boolean user, byte[] value) {
        try {
            return user
                    ? log.serdes.deserializer(UserCommand.class).deserialize("user-commands", value)
                    : log.serdes.deserializer(Command.class).deserialize("commands", value);
        } catch (PoisonRecordException e) {
            return null;
        }
    }

    private static byte[] key(int choice, SpecificRecord record) {
        return switch (choice) {
            case 0, 1 -> ownKey(record);
            case 2 -> null;
            default -> new byte[] {(byte) 0xff, 0};
        };
    }

    private static byte[] ownKey(SpecificRecord record) {
        String key = "alice";
        if (record instanceof Command command) {
            key = command.getConversation();
        } else if (record instanceof UserCommand command) {
            boolean ofEdge =
                    command.getType() == UserCommandType.EDGE_ALIVE || command.getType() == UserCommandType.EDGE_GONE;
            key = ofEdge ? command.getOrigin().getEdge() : command.getUser();
        }
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
}
