package io.millrace.edge.session;

/**
 * What one session may do: frames of any kind, commands, bad frames, and how often it may run into the limit of commands
 * before that counts as ignoring it.
 */
final class SessionRates {
    /** Bad frames in a burst; one more is forgiven every 12 s. */
    private static final int BAD_FRAMES = 5;

    private final TokenBucket frames;
    private final TokenBucket commands;
    private final TokenBucket badFrames;
    private final TokenBucket refusals;

    SessionRates(SessionLimits limits, long nowNanos) {
        frames = new TokenBucket(limits.framesPerSecond(), 5.0 * limits.framesPerSecond(), nowNanos);
        commands = new TokenBucket(limits.sendsPerSecond(), 2.0 * limits.sendsPerSecond(), nowNanos);
        badFrames = new TokenBucket(BAD_FRAMES / 60.0, BAD_FRAMES, nowNanos);
        refusals = new TokenBucket(limits.sendsPerSecond() / 5.0, 4.0 * limits.sendsPerSecond(), nowNanos);
    }

    boolean frame(long nowNanos) {
        return frames.take(nowNanos) == 0;
    }

    /** 0, or the milliseconds to wait. */
    long command(long nowNanos) {
        return commands.take(nowNanos);
    }

    /** False when there were too many. */
    boolean badFrame(long nowNanos) {
        return badFrames.take(nowNanos) == 0;
    }

    /** False when the session goes on in spite of having been told to wait. */
    boolean refusal(long nowNanos) {
        return refusals.take(nowNanos) == 0;
    }
}
