package io.millrace.schemas.id;

/** The alphabets of ids, checked by hand: they are on the path of every frame. */
final class Grammar {
    private Grammar() {}

    /** 1 to {@code max} characters, {@code [A-Za-z0-9][A-Za-z0-9._-]*}. */
    static String name(String what, String text, int max) {
        if (text.isEmpty() || text.length() > max || !alphanumeric(text.charAt(0))) {
            throw new InvalidIdException(what + " is 1 to " + max + " characters and starts with a letter or a digit");
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && c != '.' && c != '_' && c != '-') {
                throw new InvalidIdException(what + " has a character outside [A-Za-z0-9._-]");
            }
        }
        return text;
    }

    static boolean alphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
