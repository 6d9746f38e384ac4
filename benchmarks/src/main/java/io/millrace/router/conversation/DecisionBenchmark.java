package io.millrace.router.conversation;

import io.millrace.benchmarks.micro.Samples;
import io.millrace.router.conversation.Ruling.Posted;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.state.ConversationState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the first stage does with a command, its stores left out. It stands here because the rules are nobody else's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
    private final CommandRules rules = new CommandRules(ConversationSettings.of(500, Duration.ofHours(24)));
    private final Command command = Samples.command();
    private final ConversationState before = EventDraft.empty();
    private final long nowMs = Samples.AT.toEpochMilli();
    private final ConversationView view = new ConversationView(0, 1, null, seq -> null, version -> null, user -> 0);

    @Benchmark
    public Object decideSend() {
        return rules.decide(command, view, nowMs);
    }

    /** With the chained hash over the event. */
    @Benchmark
    public Object decideAndNumber() {
        return EventDraft.number(command, (Posted) rules.decide(command, view, nowMs), before, nowMs);
    }
}
