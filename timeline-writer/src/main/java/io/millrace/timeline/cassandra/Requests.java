package io.millrace.timeline.cassandra;

import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.ResultSetFuture;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.Statement;
import com.datastax.driver.core.exceptions.DriverException;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends statements and gives their answers as futures of the JDK. Thread-safe. */
final class Requests {
    private final Session session;
    private final long timeoutMs;

    Requests(CassandraConnection connection, int timeoutMs) {
        this.session = connection.session();
        // the driver's own time-out comes first; this one only guards against a lost callback
        this.timeoutMs = 2L * timeoutMs;
    }

    /** Completes on an I/O thread of the driver: what depends on it must not block. */
    CompletableFuture<ResultSet> send(Statement statement) {
        var answer = new CompletableFuture<ResultSet>();
        ResultSetFuture sent;
        try {
            sent = session.executeAsync(statement);
        } catch (DriverException | IllegalStateException e) {
            answer.completeExceptionally(e);
            return answer;
        }
        Futures.addCallback(
                sent,
                new FutureCallback<ResultSet>() {
                    @Override
                    public void onSuccess(@Nullable ResultSet result) {
                        answer.complete(Objects.requireNonNull(result));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return answer;
    }

    /**
     * Waits for an answer.
     *
     * @throws StoreUnavailableException if there is none, or the wait was interrupted
     */
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreUnavailableException("Cassandra did not answer a read", e);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("Cassandra did not answer within " + timeoutMs + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while reading from Cassandra", e);
        }
    }
}
