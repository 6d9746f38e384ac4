package io.millrace.timeline.conversation;

/**
 * How far a member has received and read a conversation; 0 where nothing was said of it.
 *
 * @param delivered some device of the user has every message through this seq
 * @param read the user has read every message through this seq
 */
public record Receipts(long delivered, long read) {
    public static final Receipts NONE = new Receipts(0, 0);

    /**
     * What somebody may know of it who sees the conversation through that message: neither what came after it had left,
     * nor what is not applied yet. Whoever has read a message has received it.
     */
    public Receipts through(long seq) {
        return new Receipts(Math.min(Math.max(delivered, read), seq), Math.min(read, seq));
    }
}
