package io.millrace.schemas.id;

/** An id from outside breaks its grammar. The message names the rule and never repeats the text. */
public final class InvalidIdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidIdException(String message) {
        super(message);
    }
}
