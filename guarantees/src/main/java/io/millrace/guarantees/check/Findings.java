package io.millrace.guarantees.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects violations. Not thread-safe. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void report(Flaw flaw, String where, String what) {
        violations.add(new Violation(flaw, where, what));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    Set<Flaw> flaws() {
        var flaws = EnumSet.noneOf(Flaw.class);
        violations.forEach(violation -> flaws.add(violation.flaw()));
        return flaws;
    }
}
