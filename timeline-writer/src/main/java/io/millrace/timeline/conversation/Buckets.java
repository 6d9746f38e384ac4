package io.millrace.timeline.conversation;

/**
 * Splits a numbered row of rows into partitions of 10,000: computed from the number, never searched, never more than
 * some tens of megabytes. The size is part of the stored key and cannot change.
 */
public final class Buckets {
    public static final long SIZE = 10_000;

    private Buckets() {}

    /** The bucket of a number from 1: 1 to 10,000 are in bucket 0. */
    public static long of(long number) {
        return (number - 1) / SIZE;
    }

    /** The last number of a bucket. */
    public static long last(long bucket) {
        return (bucket + 1) * SIZE;
    }
}
