package io.millrace.edge.inbound;

import io.millrace.schemas.body.BodyKey;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The keys that bodies are encrypted with before they enter the log. Thread-safe; never blocks. */
public interface SealingKeys {
    /** Whether bodies are encrypted at all. */
    boolean areUsed();

    /** Whether the user is erased: what it asks is refused. */
    boolean isErased(String user);

    /**
     * Does the work with the key of the user: at once, or as soon as there is one. What is given by one thread is done in
     * that order.
     *
     * @param needed whether the work has a body; else it is only kept in its place
     * @param work is given nothing where there is no key, and none can be made now
     */
    void give(String user, boolean needed, Consumer<Optional<BodyKey>> work);

    /** Bodies enter the log in the clear. */
    static SealingKeys unused(Predicate<String> erased) {
        return new SealingKeys() {
            @Override
            public boolean areUsed() {
                return false;
            }

            @Override
            public boolean isErased(String user) {
                return erased.test(user);
            }

            @Override
            public void give(String user, boolean needed, Consumer<Optional<BodyKey>> work) {
                work.accept(Optional.empty());
            }
        };
    }
}
