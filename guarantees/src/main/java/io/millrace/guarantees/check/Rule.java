package io.millrace.guarantees.check;

/** One promise. A rule reports every way in which the evidence breaks it, and nothing else. Stateless. */
interface Rule {
    /** @param log the committed topics of this evidence, arranged */
    void check(Evidence evidence, Log log, Findings findings);
}
