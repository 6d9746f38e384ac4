package io.millrace.edge.inbound;

import io.millrace.edge.lane.EdgeLife;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records about sessions: opened, closed, how far a device has stored. They go through a producer of their
 * own with a short life, and are dropped when the socket is gone meanwhile: a late registration would outlive its
 * session. What is lost here is repaired by the edge clock. Never blocks. Thread-safe.
 */
public final class SessionLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionLog.class);

    private final LogWriter writer;

    public SessionLog(LogWriter writer) {
        this.writer = writer;
    }

    /** Asks for a registration, answered by a welcome; false when the edge cannot write as fast. */
    public boolean opened(
            EdgeLife life, Asker asker, @Nullable Long attempt, int sessionLimit, BooleanSupplier stillThere) {
        return write(
                record(UserCommandType.SESSION_OPEN, life, asker)
                        .setAttempt(attempt)
                        .setSessionLimit(sessionLimit)
                        .build(),
                stillThere);
    }

    /** Ends a registration. */
    public void closed(EdgeLife life, Asker asker) {
        if (!write(record(UserCommandType.SESSION_CLOSE, life, asker).build(), () -> true)) {
            LOGGER.atWarn().addKeyValue("sessionId", asker.session()).log("session end not written");
        }
    }

    /** Tells through which position the device has everything. */
    public void stored(EdgeLife life, Asker asker, long position, BooleanSupplier stillThere) {
        boolean offered = write(
                record(UserCommandType.CURSOR, life, asker).setStored(position).build(), stillThere);
        if (!offered) {
            LOGGER.atDebug().addKeyValue("sessionId", asker.session()).log("cursor not written");
        }
    }

    private static UserCommand.Builder record(UserCommandType type, EdgeLife life, Asker asker) {
        var device = asker.device();
        return UserCommand.newBuilder()
                .setType(type)
                .setUser(asker.user().value())
                .setDevice(device == null ? null : device.value())
                .setOrigin(life.origin(asker.session(), 0));
    }

    private boolean write(UserCommand command, BooleanSupplier wanted) {
        return writer.offer(new LogWriter.Job() {
            @Override
            public boolean isWanted() {
                return wanted.getAsBoolean();
            }

            @Override
            public ProducerRecord<String, SpecificRecord> record() {
                return new ProducerRecord<>(TopicCatalogue.USER_COMMANDS.name(), command.getUser(), command);
            }

            @Override
            public void onAcknowledged() {}

            @Override
            public void onFailed(Exception cause) {
                LOGGER.atWarn()
                        .addKeyValue("type", command.getType())
                        .addKeyValue("sessionId", command.getOrigin().getSession())
                        .addKeyValue("error", cause.toString())
                        .log("session record not written");
            }
        });
    }
}
