package io.millrace.timeline.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody may not send, or may send again.
 *
 * @param user empty for everybody but owner and admins
 * @param version version of the event
 * @param untilMs epoch milliseconds, 0: may send again
 */
public record MuteChange(String user, long version, long untilMs) {

    /**
     * Until when each is muted once the event of that version has happened, by user.
     *
     * @param changes those of one user in order of version
     */
    public static Map<String, Long> after(long version, List<MuteChange> changes) {
        var until = new HashMap<String, Long>();
        for (var change : changes) {
            if (change.version() <= version) {
                until.put(change.user(), change.untilMs());
            }
        }
        return until;
    }
}
