package io.millrace.service.admin;

import java.util.Map;

/**
 * What an operator is answered.
 *
 * @param status as HTTP has it
 * @param json what Jackson can write
 */
public record AdminAnswer(int status, Object json) {
    public static AdminAnswer ok(Object json) {
        return new AdminAnswer(200, json);
    }

    /** @param why a sentence for the operator */
    public static AdminAnswer refused(int status, String why) {
        return new AdminAnswer(status, Map.of("error", why));
    }
}
