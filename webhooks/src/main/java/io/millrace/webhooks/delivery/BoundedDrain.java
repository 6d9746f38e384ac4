package io.millrace.webhooks.delivery;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an answer's body to its end so that the connection stays good, looks at none of it, and gives up where it is long. */
final class BoundedDrain implements HttpResponse.BodySubscriber<Boolean> {
    private static final long MAX_BYTES = 64 << 10;

    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    static HttpResponse.BodyHandler<Boolean> handler() {
        return head -> new BoundedDrain();
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes > MAX_BYTES && subscription != null) {
            subscription.cancel();
            end.complete(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(true);
    }
}
