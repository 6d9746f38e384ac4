package io.millrace.guarantees.prove;

import io.millrace.guarantees.fault.Fault;
import io.millrace.guarantees.fault.FaultCatalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The faults by name. */
final class FaultList {
    /** Stands for a run without faults. */
    static final String NONE = "none";

    private FaultList() {}

    static void print(PrintWriter out) {
        for (Fault fault : FaultCatalogue.all()) {
            line(out, fault.name(), fault.matrix(), fault.description());
        }
        FaultCatalogue.always().forEach((matrix, what) -> line(out, "(always)", matrix, what));
        FaultCatalogue.notRun().forEach(each -> line(out, "(not run)", each.matrix(), each.what() + ": " + each.why()));
        out.flush();
    }

    /** Those names that are no fault's. */
    static List<String> unknown(List<String> names) {
        var known = FaultCatalogue.all().stream().map(Fault::name).toList();
        return names.stream()
                .filter(name -> !known.contains(name) && !name.equals(NONE))
                .toList();
    }

    private static void line(PrintWriter out, String name, String matrix, String what) {
        out.printf(Locale.ROOT, "  %-22s %-10s %s%n", name, matrix, what);
    }
}
