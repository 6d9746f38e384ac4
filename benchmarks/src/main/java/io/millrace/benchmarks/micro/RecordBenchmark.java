package io.millrace.benchmarks.micro;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Avro as every service writes and reads it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
    private static final String TOPIC = "commands";
    private static final String EVENTS = "conversation-events";

    private final RecordSerdes serdes = RecordSerdes.on(new Samples.RememberedSchemas());
    private final Serde<Command> commands = serdes.serde(Command.class);
    private final Serde<ConversationEvent> events = serdes.serde(ConversationEvent.class);
    private final Command command = Samples.command();
    private final ConversationEvent event = Samples.event();
    private final byte[] commandBytes = commands.serializer().serialize(TOPIC, command);
    private final byte[] eventBytes = events.serializer().serialize(EVENTS, event);

    @Benchmark
    public byte[] writeCommand() {
        return commands.serializer().serialize(TOPIC, command);
    }

    @Benchmark
    public Command readCommand() {
        return commands.deserializer().deserialize(TOPIC, commandBytes);
    }

    @Benchmark
    public byte[] writeEvent() {
        return events.serializer().serialize(EVENTS, event);
    }

    @Benchmark
    public ConversationEvent readEvent() {
        return events.deserializer().deserialize(EVENTS, eventBytes);
    }
}
