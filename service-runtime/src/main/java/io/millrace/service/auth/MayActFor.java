package io.millrace.service.auth;

import io.millrace.schemas.id.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom a token may speak besides its own user: claim {@code may_act_for}, an array of user ids, or {@code "*"},
 * alone or in the array, for everybody.
 *
 * @param anybody whether there is no bound
 * @param users those it may speak for where there is one
 */
public record MayActFor(boolean anybody, Set<UserId> users) {
    /** A token without the claim speaks for its own user alone. */
    public static final MayActFor NOBODY = new MayActFor(false, Set.of());

    static final String CLAIM = "may_act_for";
    private static final String EVERYBODY = "*";

    public MayActFor {
        users = Set.copyOf(users);
    }

    /** Whether the token may speak for that user. */
    public boolean covers(UserId user) {
        return anybody || users.contains(user);
    }

    /** @throws IllegalArgumentException if the claim has neither form: such a token is not honoured at all */
    static MayActFor of(@Nullable Object claim) {
        if (claim == null) {
            return NOBODY;
        }
        if (claim.equals(EVERYBODY)) {
            return new MayActFor(true, Set.of());
        }
        if (!(claim instanceof Collection<?> elements)) {
            throw new IllegalArgumentException(CLAIM + " is an array of user ids, or \"*\"");
        }
        var users = new HashSet<UserId>();
        for (var element : elements) {
            if (!EVERYBODY.equals(element)) {
                users.add(new UserId(element instanceof String id ? id : ""));
            }
        }
        return new MayActFor(elements.contains(EVERYBODY), users);
    }
}
