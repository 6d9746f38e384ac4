package io.millrace.localstack.part;

/** Hears of every change of a part's state, on the thread that made it. Must return soon. */
@FunctionalInterface
public interface PartListener {
    /** Hears nothing. */
    PartListener NONE = (part, state) -> {};

    void onState(Part part, PartState state);
}
