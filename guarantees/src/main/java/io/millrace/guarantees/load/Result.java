package io.millrace.guarantees.load;

import java.util.ArrayList;
import java.util.List;

/** What a scenario measured, and what of its promises was kept. For one thread. */
final class Result {
    private final String scenario;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();

    Result(String scenario) {
        this.scenario = scenario;
    }

    /** Something measured. */
    record Figure(String what, String value) {}

    /** Whether a promise is about what becomes of things, or about how long and how much on this machine. */
    enum Kind {
        COMPLETE,
        BOUNDED
    }

    /** Something that has to hold, and what was seen of it. */
    record Promise(Kind kind, String what, boolean kept, String seen) {}

    void figure(String what, Object value) {
        figures.add(new Figure(what, value.toString()));
    }

    /** That nothing is lost, doubled or left without an answer. */
    void complete(String what, boolean kept, Object seen) {
        promises.add(new Promise(Kind.COMPLETE, what, kept, seen.toString()));
    }

    /** That something takes no longer, and no more, than said. */
    void bounded(String what, boolean kept, Object seen) {
        promises.add(new Promise(Kind.BOUNDED, what, kept, seen.toString()));
    }

    String scenario() {
        return scenario;
    }

    List<Figure> figures() {
        return figures;
    }

    List<Promise> promises() {
        return promises;
    }

    boolean isKept() {
        return !promises.isEmpty() && promises.stream().allMatch(Promise::kept);
    }
}
