package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.StackOptions.Tier;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The router comes back to ten minutes of messages, and everybody connects at once: hellos overtake the messages. */
@Timeout(240)
final class BacklogStormIT {
    private static final int DEVICES = 200;
    private static final int MESSAGES = Integer.getInteger("millrace.test.backlog", 2_000);
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    private final List<RawSocket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService clients = Executors.newFixedThreadPool(DEVICES);
    private LocalStack stack;

    @BeforeEach
    void start() throws InterruptedException {
        stack = new LocalStack(StackOptions.at(data)
                .withEdges(2)
                .withTiers(Set.of(Tier.KAFKA, Tier.REGISTRY, Tier.ROUTER, Tier.EDGE)));
        stack.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        sockets.forEach(RawSocket::close);
        clients.shutdownNow();
        stack.close();
    }

    @Test
    void shouldWelcomeEverybodyInTimeWhileMessagesOfTenMinutesWait() throws Exception {
        // Given
        var users = IntStream.range(0, DEVICES).mapToObj(i -> "u-" + i).toList();
        var backlog = new InboxBacklog(stack);
        var tokens = all(users, user -> RawHttp.token(edge(user), user));
        stack.part("router").stop();
        backlog.write(MESSAGES, users, Duration.ofMinutes(10));
        long waiting = backlog.left();

        // When
        stack.part("router").start();
        long began = System.nanoTime();
        await("signs of life overtake too").atMost(PROMISED.plusSeconds(5)).until(() -> isReady(1) && isReady(2));
        long readyMs = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var waits = all(users, user -> welcomed(edge(user), tokens.get(users.indexOf(user))));
        long left = backlog.left();

        // Then
        var longest = waits.stream().max(Comparator.naturalOrder()).orElseThrow();
        System.out.printf(
                "storm of %d hellos, %d records waiting, %d left after %d ms: longest wait %d ms%n",
                DEVICES,
                waiting,
                left,
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                longest.toMillis());
        assertThat(longest).isLessThan(PROMISED);
        assertThat(left).as("of %d records still wait", waiting).isGreaterThan(waiting / 4);
    }

    private Duration welcomed(URI edge, String token) {
        var socket = RawSocket.open(edge);
        sockets.add(socket);
        long began = System.nanoTime();
        socket.send("{\"type\":\"hello\",\"token\":\"" + token + "\",\"device\":\"phone\"}");
        socket.next("welcome");
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean isReady(int edge) throws Exception {
        var url = "http://127.0.0.1:" + stack.options().ports().edgeAdmin(edge) + "/health/ready";
        return RawHttp.CLIENT
                        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private URI edge(String user) {
        return stack.edgeUrl(1 + Math.floorMod(user.hashCode(), 2));
    }

    private <T> List<T> all(List<String> users, Question<T> question) throws Exception {
        var asked = new ArrayList<Callable<T>>();
        users.forEach(user -> asked.add(() -> question.ask(user)));
        var answers = new ArrayList<T>();
        for (var answer : clients.invokeAll(asked)) {
            answers.add(answer.get());
        }
        return answers;
    }

    private interface Question<T> {
        T ask(String user) throws Exception;
    }
}
