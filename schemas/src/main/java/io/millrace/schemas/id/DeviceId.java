package io.millrace.schemas.id;

/** One installation of a user: 1 to 62 characters, {@code [A-Za-z0-9][A-Za-z0-9._-]*}, case-sensitive. */
public record DeviceId(String value) {
    /** @throws InvalidIdException if the text breaks the grammar */
    public DeviceId {
        Grammar.name("a device id", value, 62);
    }

    @Override
    public String toString() {
        return value;
    }
}
