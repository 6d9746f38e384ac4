package io.millrace.timeline.pull;

import io.millrace.schemas.id.ConversationId;
import io.millrace.schemas.id.InvalidIdException;
import io.millrace.timeline.conversation.Visibility;
import java.util.Optional;

/**
 * Decides whether a user may look into a conversation. A stranger is told the same, after the same time, whether it
 * exists or not.
 */
final class ConversationAccess {
    private final Slices slices;

    ConversationAccess(Slices slices) {
        this.slices = slices;
    }

    /**
     * What was granted.
     *
     * @param behind whether the store does not have the version yet that was asked for with {@code atLeast}
     */
    record Granted(String conversation, Visibility visibility, boolean behind) {}

    /**
     * What the user may see; empty while it is worth to wait for {@code atLeast}.
     *
     * @throws ProblemException 400 for an id that breaks the grammar, 404 for a stranger
     */
    Optional<Granted> of(PullRequest request, boolean lastTry) {
        String conversation;
        try {
            conversation = new ConversationId(request.conversation()).value();
        } catch (InvalidIdException e) {
            throw new ProblemException(
                    Problem.invalid("the conversation id breaks the grammar d:<user>:<user>, g:<id> or r:<id>"));
        }
        long atLeast = request.parameters().number("atLeast", 0, 0, Long.MAX_VALUE);
        var visibility = slices.visibility(request.user(), conversation);
        boolean reached = visibility.known() && (atLeast <= visibility.lastVersion() || !visibility.member());
        if (!reached && atLeast > 0 && !lastTry) {
            return Optional.empty();
        }
        if (!visibility.known()) {
            throw new ProblemException(Problem.notFound());
        }
        return Optional.of(new Granted(conversation, visibility, !reached));
    }
}
