package io.millrace.client.timeline;

import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.Failures;
import io.millrace.client.loop.Loop;
import io.millrace.client.timeline.PullAnswer.Later;
import io.millrace.client.timeline.PullAnswer.Page;
import io.millrace.client.timeline.PullAnswer.Reset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls until the timeline is in step: at most one request at a time, each beginning where the timeline ends by then. A
 * reset is answered with a snapshot. What fails is asked again after the server's delay, or a growing one of its own.
 * Confined to the loop.
 */
public final class CatchUp {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatchUp.class);
    private static final long SHORTEST_WAIT_MS = 100;

    private final Loop loop;
    private final Timeline timeline;
    private final PullSource source;
    private final Backoff backoff;
    private final Consumer<Snapshot> onSnapshot;
    private final Runnable onProgress;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    private boolean busy;
    private boolean asked;
    /** The request under way was asked for, and counts only if it is answered. */
    private boolean asking;

    private boolean snapshotDue;
    private boolean stopped;
    private @Nullable String sessionEpoch;
    private long sessionHead;

    /**
     * @param backoff how long to wait after a failure; for this catch-up alone
     * @param onSnapshot takes over what a device begins with
     * @param onProgress told after every answer
     */
    public CatchUp(
            Loop loop,
            Timeline timeline,
            PullSource source,
            Backoff backoff,
            Consumer<Snapshot> onSnapshot,
            Runnable onProgress) {
        this.loop = loop;
        this.timeline = timeline;
        this.source = source;
        this.backoff = backoff;
        this.onSnapshot = onSnapshot;
        this.onProgress = onProgress;
    }

    /** The session counts in this epoch; what is pulled in another one is not of its log. */
    public void onSession(String epoch, long head) {
        sessionEpoch = epoch;
        sessionHead = head;
    }

    /** Pulls if the timeline is known to be behind. */
    public void check() {
        if (!busy && !stopped && !inStep()) {
            step();
        }
    }

    /** Pulls at least once, also without a sign that anything is missing; done when the timeline is in step. */
    public CompletableFuture<Void> pull() {
        var done = new CompletableFuture<Void>();
        waiting.add(done);
        request();
        return done;
    }

    /** Like {@link #pull} for a caller that does not wait. */
    public void request() {
        asked = true;
        check();
    }

    /** Begins anew with a snapshot. */
    public void takeSnapshot() {
        snapshotDue = true;
        check();
    }

    /** No request begins any more. */
    public void stop() {
        stopped = true;
    }

    private void step() {
        busy = true;
        if (snapshotDue) {
            loop.await(source.snapshot(), this::onSnapshotAnswer);
            return;
        }
        asking = asked;
        asked = false;
        long after = timeline.position();
        String epoch = after == 0 ? null : timeline.epoch();
        loop.await(source.pull(after, epoch, timeline.known()), this::onAnswer);
    }

    private void onAnswer(@Nullable PullAnswer answer, @Nullable Throwable failure) {
        if (answer instanceof Page page) {
            if (sessionEpoch != null && !sessionEpoch.equals(page.epoch())) {
                LOGGER.atWarn().addKeyValue("epoch", page.epoch()).log("pulled from another epoch than the session's");
                snapshotDue = true;
                again(backoff.nextMs());
                return;
            }
            backoff.reset();
            long before = timeline.position();
            timeline.onPage(page);
            boolean moved = timeline.position() > before;
            again(moved && page.retryAfterMs() == 0 ? 0 : Math.max(SHORTEST_WAIT_MS, page.retryAfterMs()));
        } else if (answer instanceof Reset) {
            LOGGER.atInfo().addKeyValue("position", timeline.position()).log("timeline reset");
            snapshotDue = true;
            again(0);
        } else if (answer instanceof Later later) {
            asked |= asking;
            again(Math.max(SHORTEST_WAIT_MS, later.retryAfterMs()));
        } else {
            LOGGER.atDebug().addKeyValue("error", Failures.reason(failure)).log("pull failed");
            asked |= asking;
            again(backoff.nextMs());
        }
    }

    private void onSnapshotAnswer(@Nullable Snapshot snapshot, @Nullable Throwable failure) {
        if (snapshot == null) {
            LOGGER.atDebug().addKeyValue("error", Failures.reason(failure)).log("snapshot failed");
            again(backoff.nextMs());
        } else if (sessionEpoch != null && !sessionEpoch.equals(snapshot.epoch())) {
            // The store has not heard of the new numbering yet.
            again(backoff.nextMs());
        } else {
            snapshotDue = false;
            onSnapshot.accept(snapshot);
            timeline.onSnapshot(snapshot.epoch(), snapshot.position(), sessionHead);
            again(0);
        }
    }

    private void again(long delayMs) {
        onProgress.run();
        if (inStep()) {
            finish();
        } else {
            loop.after(Duration.ofMillis(delayMs), this::resume);
        }
    }

    private void resume() {
        // What was missing may have been pushed meanwhile.
        if (inStep()) {
            finish();
        } else if (!stopped) {
            step();
        }
    }

    private boolean inStep() {
        return !asked && !snapshotDue && !timeline.behind();
    }

    private void finish() {
        busy = false;
        var done = List.copyOf(waiting);
        waiting.clear();
        done.forEach(each -> each.complete(null));
    }
}
