package io.millrace.guarantees.history;

/** What an operation asks for. */
public enum Action {
    SEND(true),
    EDIT(true),
    RECALL(true),
    /** Leaves no event in the conversation, only a mark in the user's own timeline. */
    READ(false),
    /** Makes a group; its conversation is known only when it is made. */
    CREATE(true),
    ADD(true),
    /** Takes a member out, or lets the user itself leave. */
    REMOVE(true);

    private final boolean event;

    Action(boolean event) {
        this.event = event;
    }

    /** Whether it becomes an event of the conversation, unless it changes nothing. */
    public boolean makesEvent() {
        return event;
    }
}
