package io.millrace.benchmarks.load;

/** Finds out of some messages when they are in the store. Thread-safe. */
public interface PullableWatch extends AutoCloseable {
    /** Looks at nothing. */
    PullableWatch NONE = new PullableWatch() {
        @Override
        public void onSent(Stretch stretch, int index, String recipient) {}

        @Override
        public void onDelivered(long operation, long position) {}

        @Override
        public void onDropped(long operation) {}

        @Override
        public boolean isOver() {
            return true;
        }

        @Override
        public void close() {}
    };

    /** A message of that stretch goes to that user now. */
    void onSent(Stretch stretch, int index, String recipient);

    /** It has that position in its recipient's timeline. */
    void onDelivered(long operation, long position);

    /** It was refused, or nothing is known of it. */
    void onDropped(long operation);

    /** Whether everything that is looked for was found. */
    boolean isOver();

    @Override
    void close();
}
