package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.BenchOptions;
import io.millrace.guarantees.load.wire.Reactor;
import java.util.List;
import java.util.Map;

/** What load is put upon. */
public interface Site {
    BenchOptions options();

    /** Threads of the generator. */
    List<Reactor> reactors();

    /** Ids of what runs, by the name under which they are counted together; the generator is not among them. */
    Map<String, List<Long>> processes();

    /** Tells whoever waits. */
    void say(String line);
}
