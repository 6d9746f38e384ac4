package io.millrace.guarantees.fault;

import java.time.Duration;
import java.util.Optional;

/** One thing that goes wrong. {@code inject} and {@code heal} alternate, on one thread. */
public interface Fault {
    /** As it is named on the command line. */
    String name();

    /** Its number in the fault matrix: {@code F13}. */
    String matrix();

    /** One clause for a person. */
    String description();

    /** How long it lasts. */
    Duration hold();

    /** What it takes; empty for nothing in particular. */
    default Optional<Means> means() {
        return Optional.empty();
    }

    /** With fewer brokers more breaks than is promised to hold. */
    default int leastBrokers() {
        return 1;
    }

    /** Whether parts may end by themselves because of it; whoever runs them starts them again, as a supervisor does. */
    default boolean endsParts() {
        return false;
    }

    /** What it was brought upon last. */
    default String where() {
        return "";
    }

    /** Begins it; returns when it is there. */
    void inject(Scene scene) throws Exception;

    /** Ends this fault and nothing else; returns when what was broken can work again. */
    void heal(Scene scene) throws Exception;
}
