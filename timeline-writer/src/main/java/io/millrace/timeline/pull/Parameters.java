package io.millrace.timeline.pull;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a request, read strictly: what is there must be right; what is not known is ignored. */
final class Parameters {
    private static final int MAX_TEXT = 512;
    private static final int MAX_DIGITS = 18;

    private final Map<String, ? extends Collection<String>> query;

    Parameters(Map<String, ? extends Collection<String>> query) {
        this.query = query;
    }

    boolean has(String name) {
        return query.containsKey(name);
    }

    /** @throws ProblemException 400 if it is not a whole number from {@code min} to {@code max} in plain digits */
    long number(String name, long absent, long min, long max) {
        var text = text(name);
        if (text == null) {
            return absent;
        }
        if (text.isEmpty() || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ProblemException(Problem.invalid(name + " is a whole number"));
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new ProblemException(Problem.invalid(name + " is between " + min + " and " + max));
        }
        return number;
    }

    /** Null if it is not there. */
    @Nullable
    String text(String name) {
        var values = query.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new ProblemException(Problem.invalid(name + " stands more than once"));
        }
        var text = values.iterator().next();
        if (text.length() > MAX_TEXT) {
            throw new ProblemException(Problem.invalid(name + " is too long"));
        }
        return text;
    }
}
