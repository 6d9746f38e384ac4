package io.millrace.benchmarks;

import io.millrace.benchmarks.load.Stretch;
import io.millrace.benchmarks.load.Traffic;
import io.millrace.benchmarks.machine.CpuWatch;
import io.millrace.benchmarks.machine.MachineFacts;
import io.millrace.benchmarks.report.CpuUse;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One stretch of load from its first message to the last delivery, with what it cost. */
final class Measurement {
    /** What is slower is not borne. */
    private static final double WITHIN_MS = 1000;

    private static final double FACTOR = 2;
    private static final double SLACK_MS = 100;
    private static final Duration SETTLING = Duration.ofSeconds(60);

    private final Stretch stretch;
    private final List<CpuUse> cpu;
    private final boolean settled;

    private Measurement(Stretch stretch, List<CpuUse> cpu, boolean settled) {
        this.stretch = stretch;
        this.cpu = cpu;
        this.settled = settled;
    }

    static Measurement take(Site site, Traffic traffic, Stretch stretch) throws InterruptedException {
        var watch = CpuWatch.start(site.processes());
        traffic.send(stretch);
        var cpu = watch.end();
        boolean settled = traffic.settle(stretch, SETTLING);
        return new Measurement(stretch, cpu, settled);
    }

    /** Everything was taken and delivered within a second, and at the end no later than at the begin. */
    boolean isBorne() {
        return settled
                && stretch.refusedCount() + stretch.lostCount() == 0
                && stretch.deliveredMs(99) <= WITHIN_MS
                && stretch.deliveredMs(50, 2 / 3.0, 1) <= FACTOR * stretch.deliveredMs(50, 0, 1 / 3.0) + SLACK_MS;
    }

    Stretch stretch() {
        return stretch;
    }

    Section section(String name, List<Figure> more) {
        var figures = new ArrayList<Figure>();
        figures.add(new Figure("offered", stretch.rates().perSecond(), "messages/s"));
        figures.add(new Figure("delivered a second", stretch.deliveredPerSecond(), "entries/s"));
        figures.add(new Figure("sent", stretch.sentCount(), "messages"));
        figures.add(new Figure("accepted", stretch.acceptedCount(), "messages"));
        figures.add(new Figure("posted", stretch.postedCount(), "messages"));
        figures.add(new Figure("delivered", stretch.deliveredCount(), "entries"));
        stretch.refusals().forEach((code, count) -> figures.add(new Figure(code, count, "messages")));
        figures.add(new Figure("accepted and never decided", stretch.acceptedAndNotDecided(), "messages"));
        figures.add(new Figure("lost with a session", stretch.lostCount(), "messages"));
        figures.add(new Figure("everything answered and delivered", settled ? 1 : 0, "1 is yes"));
        figures.add(new Figure("borne: p99 within 1 s, not growing, nothing refused", isBorne() ? 1 : 0, "1 is yes"));
        figures.add(new Figure("last message due to last delivery", stretch.backlogSeconds() * 1000, "ms"));
        figures.add(new Figure("generator late with sending, p99", stretch.lateMs(), "ms"));
        double all = 0;
        for (var use : cpu) {
            if (use.process().equals(CpuWatch.GENERATOR)) {
                figures.add(
                        new Figure("generator's share of the machine", 100 * use.cores() / MachineFacts.cores(), "%"));
            }
            if (CpuWatch.isProcess(use.process())) {
                double ms = 1000 * use.cores() / stretch.rates().perSecond();
                if (!use.process().equals(CpuWatch.GENERATOR)) {
                    all += ms;
                }
                figures.add(new Figure("CPU per message, " + use.process(), ms, "ms"));
            }
        }
        figures.add(new Figure("CPU per message, all but the generator", all, "ms"));
        figures.addAll(more);
        return Section.of(name, figures, stretch.spreads(), cpu);
    }
}
