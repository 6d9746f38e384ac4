package io.millrace.webhooks.delivery;

import io.millrace.service.bodies.Bodies;
import io.millrace.service.bodies.KeysBehindException;
import io.millrace.webhooks.subscriber.SubscriberSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts letters to a subscriber's URL, over HTTP/1.1 and connections that are kept. Redirects are not followed, no proxy
 * is used, and of an answer only the status and {@code Retry-After} are looked at.
 */
public final class HttpCourier implements Courier {
    static {
        PinnedHost.allow();
    }

    private final SubscriberSettings subscriber;
    private final PinnedHost host;
    private final AddressBook addresses;
    private final Bodies bodies;
    private final Clock clock;
    private final HttpClient client;
    private final ExecutorService lookups = Executors.newFixedThreadPool(4, work -> {
        var thread = new Thread(work, "webhook-lookup");
        thread.setDaemon(true);
        return thread;
    });

    public HttpCourier(SubscriberSettings subscriber, Bodies bodies, Clock clock) {
        this(subscriber, bodies, clock, InetAddress::getAllByName, ownTls());
    }

    HttpCourier(SubscriberSettings subscriber, Bodies bodies, Clock clock, AddressBook.Names names, SSLContext tls) {
        this.subscriber = subscriber;
        this.host = new PinnedHost(subscriber.target());
        this.addresses = new AddressBook(names, subscriber.privateAddresses());
        this.bodies = bodies;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(subscriber.timeout())
                .sslContext(tls)
                .sslParameters(host.tls())
                .build();
    }

    /** Sets the way for {@code Host} before any other part of the process uses the JDK's client. */
    public static void prepare() {
        PinnedHost.allow();
    }

    /**
     * Of this subscriber alone: sessions of TLS are remembered by address, and one that was checked for another
     * subscriber's name must not be resumed under this one's.
     */
    static SSLContext ownTls() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    @Override
    public CompletableFuture<Verdict> send(Letter letter, int attempt) {
        var exchange = new Exchange();
        return CompletableFuture.supplyAsync(() -> request(letter, attempt), lookups)
                .thenCompose(request -> exchange.begin(() -> client.sendAsync(request, BoundedDrain.handler())))
                .thenApply(answer ->
                        Answers.of(answer.statusCode(), answer.headers().firstValue("Retry-After"), clock.instant()))
                // the client's own time-out ends with the head of an answer
                .orTimeout(subscriber.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    exchange.end();
                    return new Verdict.TryAgain(null, why(failure), Duration.ZERO);
                });
    }

    /** What goes over the wire for one attempt: nothing any more once the attempt is over. */
    private static final class Exchange {
        private @Nullable CompletableFuture<?> answer;
        private boolean over;

        synchronized <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> sending) {
            if (over) {
                return CompletableFuture.failedFuture(new TimeoutException());
            }
            var begun = sending.get();
            answer = begun;
            return begun;
        }

        synchronized void end() {
            over = true;
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private HttpRequest request(Letter letter, int attempt) {
        try {
            var now = clock.instant();
            var body = letter.body(bodies, now.toEpochMilli());
            return host.request(addresses.of(host.host(), attempt))
                    .timeout(subscriber.timeout())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "Millrace-Webhooks/1")
                    .header(Signature.HEADER, Signature.of(now, body, subscriber.secrets()))
                    .header("Millrace-Event-Id", letter.id())
                    .header("Millrace-Attempt", Integer.toString(attempt))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        } catch (UnknownHostException | AddressBook.NotPublicException e) {
            throw new CompletionException(e);
        }
    }

    /** Messages of exceptions name hosts and addresses; the class of trouble is enough. */
    private static String why(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof AddressBook.NotPublicException) {
                return "address not public";
            }
            if (at instanceof KeysBehindException) {
                return "keys of bodies not read yet";
            }
            if (at instanceof UnknownHostException) {
                return "host unknown";
            }
            if (at instanceof TimeoutException || at instanceof java.net.http.HttpTimeoutException) {
                return "no answer in time";
            }
            if (at instanceof SSLException) {
                return "TLS failed";
            }
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof IOException
                ? "connection failed"
                : "failed by " + cause.getClass().getSimpleName();
    }
}
