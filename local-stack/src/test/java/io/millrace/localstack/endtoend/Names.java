package io.millrace.localstack.endtoend;

import java.util.UUID;

/** Names that no other test uses. */
final class Names {
    private Names() {}

    /** A user called something like {@code alice-1f0c93}. */
    static String user(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static String key() {
        return "k-" + UUID.randomUUID();
    }

    static String direct(String one, String other) {
        return one.compareTo(other) <= 0 ? "d:" + one + ":" + other : "d:" + other + ":" + one;
    }
}
