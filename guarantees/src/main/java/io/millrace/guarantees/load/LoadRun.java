package io.millrace.guarantees.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Starts a stack and plays scenarios on it, one after the other. */
final class LoadRun {
    private static final List<Scenario> ALL =
            List.of(new IdleSessions(), new Overload(), new SlowReader(), new Fairness());

    private final LoadOptions options;
    private final PrintWriter out;

    LoadRun(LoadOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    static List<Scenario> all() {
        return ALL;
    }

    /** @throws io.millrace.localstack.part.StackException if there is no stack to put load upon */
    List<Result> run(List<Scenario> scenarios) throws IOException, InterruptedException {
        Files.createDirectories(options.out());
        var results = new ArrayList<Result>();
        out.println("starting a stack in " + options.data());
        out.flush();
        try (var stage = Stage.start(options, out)) {
            for (var scenario : scenarios) {
                stage.say(scenario.name() + ": " + scenario.description());
                var began = Clock.systemUTC().instant();
                var result = scenario.run(stage);
                ResultFile.write(result, options, began);
                ResultTable.print(result, out);
                results.add(result);
            }
        }
        return results;
    }
}
