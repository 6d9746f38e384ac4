package io.millrace.timeline.conversation;

import io.millrace.schemas.record.Role;
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
     * Until when each is muted once the event of that version has happened, by user. A mute ends with the membership,
     * and with the role: owner and admins may always send.
     *
     * @param changes those of one user in order of version
     * @param members changes of membership, those of one user in order of version
     */
    public static Map<String, Long> after(long version, List<MuteChange> changes, List<MemberChange> members) {
        var endedAt = new HashMap<String, Long>();
        for (var member : members) {
            if (member.version() <= version
                    && !(member.joined() && member.role().equals(Role.MEMBER.name()))) {
                endedAt.put(member.user(), member.version());
            }
        }
        var until = new HashMap<String, Long>();
        for (var change : changes) {
            if (change.version() <= version && change.version() > endedAt.getOrDefault(change.user(), 0L)) {
                until.put(change.user(), change.untilMs());
            }
        }
        return until;
    }
}
