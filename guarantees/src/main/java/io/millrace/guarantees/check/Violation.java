package io.millrace.guarantees.check;

/**
 * A promise that was broken.
 *
 * @param where the view and the thing: {@code log d:alice:bob}, {@code device bob/pad}
 * @param what the facts of both sides; no bodies
 */
public record Violation(Flaw flaw, String where, String what) {
    @Override
    public String toString() {
        return flaw + " in " + where + ": " + what;
    }
}
