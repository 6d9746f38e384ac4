package io.millrace.schemas.id;

/** A principal: 1 to 62 characters, {@code [A-Za-z0-9][A-Za-z0-9._-]*}, case-sensitive. */
public record UserId(String value) implements Comparable<UserId> {
    /** @throws InvalidIdException if the text breaks the grammar */
    public UserId {
        Grammar.name("a user id", value, 62);
    }

    /** Order of ASCII codes, the one that direct conversation ids are built with. */
    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
