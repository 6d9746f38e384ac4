package io.millrace.guarantees.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * What is wrong with numbers that are to be 1, 2, 3 … in this order. Each trouble is told apart: a swap is no hole, and a
 * double is no swap.
 *
 * @param missing between 1 and the greatest
 * @param doubled every number that came again, once per time
 * @param descents numbers that came, for the first time, after a greater one
 */
record Numbering(List<Long> missing, List<Long> doubled, List<Long> descents) {
    static Numbering of(List<Long> numbers) {
        var seen = new HashSet<Long>();
        var doubled = new ArrayList<Long>();
        var descents = new ArrayList<Long>();
        long greatest = 0;
        for (long number : numbers) {
            if (!seen.add(number)) {
                doubled.add(number);
            } else if (number < greatest) {
                descents.add(number);
            }
            greatest = Math.max(greatest, number);
        }
        var missing = new ArrayList<Long>();
        long expected = 1;
        for (long number : new TreeSet<>(seen)) {
            for (; expected < number; expected++) {
                missing.add(expected);
            }
            expected = number + 1;
        }
        return new Numbering(missing, doubled, descents);
    }

    /** @param doubledIs the flaw that a double of this sequence is */
    void reportTo(Findings findings, Flaw doubledIs, String where, String noun) {
        if (!missing.isEmpty()) {
            findings.report(Flaw.HOLE, where, noun + "s missing: " + some(missing));
        }
        if (!doubled.isEmpty()) {
            findings.report(doubledIs, where, noun + "s more than once: " + some(doubled));
        }
        if (!descents.isEmpty()) {
            findings.report(Flaw.REORDERED, where, noun + "s after a greater one: " + some(descents));
        }
    }

    private static String some(List<Long> numbers) {
        return numbers.size() <= 8
                ? numbers.toString()
                : numbers.subList(0, 8) + " and " + (numbers.size() - 8) + " more";
    }
}
