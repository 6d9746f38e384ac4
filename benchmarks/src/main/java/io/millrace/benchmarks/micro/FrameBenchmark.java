package io.millrace.benchmarks.micro;

import io.millrace.edge.protocol.AskLimits;
import io.millrace.edge.protocol.AskReader;
import io.millrace.edge.protocol.EntryFrames;
import io.millrace.edge.protocol.EntryJson;
import io.millrace.edge.protocol.FrameReader;
import io.millrace.edge.protocol.RefusedException;
import io.millrace.edge.protocol.ServerFrames;
import io.millrace.schemas.id.UserId;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DeliveryTarget;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an edge does with frames. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {
    private final byte[] send = Samples.sendFrame();
    private final AskReader asks = new AskReader(new AskLimits(12_288, 50, 500));
    private final UserId alice = new UserId("alice");
    private final Decision decision = Samples.decision();
    private final ConversationEvent event = Samples.event();
    private final byte[] shared = EntryJson.event(event, false, false, 0);
    private final DeliveryTarget target = DeliveryTarget.newBuilder()
            .setUser("bob")
            .setSession("s-2")
            .setPosition(4711L)
            .setUnread(3L)
            .setTotalUnread(9L)
            .build();

    @Benchmark
    public Object readFrame() {
        return FrameReader.read(send);
    }

    @Benchmark
    public Object readSend() throws RefusedException {
        var frame = Objects.requireNonNull(FrameReader.read(send).frame());
        return asks.send(frame.json(), alice);
    }

    @Benchmark
    public byte[] writeAccepted() {
        return ServerFrames.accepted(4711L, "0190b6e2-7c1f-7c3a-9d52-0242ac120002");
    }

    @Benchmark
    public byte[] writePosted() {
        return ServerFrames.decision(4711L, decision);
    }

    /** Once for all sessions of a delivery. */
    @Benchmark
    public byte[] writeSharedEntry() {
        return EntryJson.event(event, false, false, 0);
    }

    /** For each session. */
    @Benchmark
    public byte[] writeEntry() {
        return EntryFrames.frame(List.of(new EntryFrames.Entry(target, shared)));
    }
}
