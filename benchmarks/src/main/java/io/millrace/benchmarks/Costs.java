package io.millrace.benchmarks;

import io.millrace.benchmarks.report.Figure;
import java.util.List;

/** What messages come to elsewhere, counted from its making on. */
@FunctionalInterface
interface Costs {
    /** Where nothing is counted. */
    Costs NONE = messages -> List.of();

    /** After the last of so many messages, while nothing is under way. */
    List<Figure> perMessage(long messages) throws InterruptedException;
}
