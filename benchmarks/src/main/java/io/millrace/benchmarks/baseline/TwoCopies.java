package io.millrace.benchmarks.baseline;

import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;

/** Two exactly-once applications, one after the other, that copy each record and nothing else: the frame of the router. */
final class TwoCopies implements Baseline {
    static final String NAME = "baseline: two chained exactly-once copies without logic";
    static final String ARRIVAL = "copied twice";

    @Override
    public Section measure(TestBed bed, Size size) throws IOException, InterruptedException {
        LogTopics.create(bed.admin(), List.of(CopiesMain.FIRST, CopiesMain.SECOND, CopiesMain.THIRD));
        var arguments = List.of(
                bed.bootstrapServers(),
                bed.options().data().resolve("copies").toString(),
                Long.toString(bed.options().copyCommit().toMillis()));
        try (var copies = OwnJvm.start(
                "copies",
                CopiesMain.class,
                List.of("-Xms64m", "-Xmx384m"),
                arguments,
                bed.options().data())) {
            copies.awaitReady();
            var processes = new LinkedHashMap<>(bed.processes());
            processes.put("copies", List.of(copies.pid()));
            return new Passage(bed.bootstrapServers(), CopiesMain.FIRST, CopiesMain.THIRD, processes)
                    .measure(NAME, ARRIVAL, size);
        }
    }
}
