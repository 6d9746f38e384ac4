package io.millrace.service.bodies;

/** The key of a body is not known, and whether there is one could not be found out in time: try again later. */
public final class KeysBehindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysBehindException(String why) {
        super(why, null, false, false);
    }
}
