package io.millrace.client.connection;

import io.millrace.client.loop.Backoff;

/** When a client comes back after its session ended: what {@link AfterClose} asks for, in milliseconds. */
final class ReturnDelay {
    /** Stays away. */
    static final long NEVER = -1;

    /** A session that lived this long was a success: the next failure is a first one. */
    private static final long PROVEN_MS = 10_000;
    /** After this time a device that was replaced may try once more again. */
    private static final long UNDISPUTED_MS = 600_000;

    private final Backoff backoff;
    private final TokenSource tokens;
    private boolean tokenRefused;
    private boolean replaced;

    ReturnDelay(Backoff backoff, TokenSource tokens) {
        this.backoff = backoff;
        this.tokens = tokens;
    }

    /** Somebody wants the connection: what happened before does not count. */
    void onWish() {
        tokenRefused = false;
        replaced = false;
    }

    void onOpen() {
        tokenRefused = false;
    }

    /**
     * @param code close code of the session that ended, or {@link Transport#ABNORMAL}
     * @param wasOpen whether there had been a welcome
     * @param livedMs for how long
     * @param goAwayMs delay that the server named before, negative for none
     */
    long delayMs(int code, boolean wasOpen, long livedMs, long goAwayMs) {
        if (livedMs >= PROVEN_MS) {
            backoff.reset();
        }
        return switch (AfterClose.of(code)) {
            case STOP -> NEVER;
            case NEW_TOKEN -> {
                tokens.onRefused();
                boolean again = tokenRefused;
                tokenRefused = true;
                yield again ? backoff.nextMs() : 0;
            }
            case ONCE_LATER -> {
                if (replaced && livedMs < UNDISPUTED_MS) {
                    yield NEVER;
                }
                replaced = true;
                yield backoff.betweenMs(30_000, 60_000);
            }
            case RETURN -> wasOpen && goAwayMs < 0 ? 0 : Math.max(goAwayMs, backoff.nextMs());
            case SPREAD -> goAwayMs >= 0 ? goAwayMs : Math.max(1000, backoff.nextMs());
            case BACK_OFF -> goAwayMs >= 0 ? goAwayMs : backoff.nextMs();
        };
    }
}
