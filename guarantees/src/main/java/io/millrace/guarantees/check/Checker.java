package io.millrace.guarantees.check;

import java.util.List;

/** Judges what was promised for every instant of a run. What was promised only in the end is judged by {@link Liveness}. */
public final class Checker {
    private static final List<Rule> RULES = List.of(
            new EnoughEvidence(),
            new DecidedOnce(),
            new Numbered(),
            new Chained(),
            new InOrderOfAnswers(),
            new ToldToMembers(),
            new CountedRight(),
            new DevicesInStep(),
            new TablesFollow());

    private Checker() {}

    /** Every violation; none means that every promise held. */
    public static List<Violation> check(Evidence evidence) {
        var findings = new Findings();
        var log = new Log(evidence.committed());
        RULES.forEach(rule -> rule.check(evidence, log, findings));
        return findings.violations();
    }
}
