package io.millrace.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.client.connection.TokenSource;
import io.millrace.client.loop.Backoff;
import io.millrace.client.loop.Failures;
import io.millrace.client.loop.ThreadLoop;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.PullAnswer;
import io.millrace.client.timeline.Snapshot;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real HTTP, against answers that are written down here. */
@Timeout(30)
final class HttpApiTest {
    private final ConcurrentLinkedQueue<Scripted> script = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final ThreadLoop loop = new ThreadLoop("http-api-test");
    private Undertow server;
    private HttpApi api;

    private record Scripted(int status, String body) {}

    @BeforeEach
    void startServer() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(this::answer)
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        var source = new TokenSource(() -> "t" + tokens.incrementAndGet(), Runnable::run, System::currentTimeMillis);
        api = new HttpApi(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + port), source);
    }

    @AfterEach
    void stopServer() {
        server.stop();
        loop.close();
    }

    @Test
    void shouldPullAPage() {
        // Given
        script.add(
                new Scripted(
                        200,
                        "{\"epoch\":\"e1\",\"head\":9,\"entries\":[{\"position\":8,\"conversation\":\"d:a:b\",\"version\":null,"
                                + "\"at\":1,\"event\":{\"kind\":\"read\",\"seq\":3}}],\"next\":8,\"more\":true,\"retryAfterMs\":70}"));

        // When
        var page = (PullAnswer.Page) api.pull(7, "e 1", 9).join();

        // Then
        assertThat(requests).containsExactly("GET /v1/timeline?limit=200&after=7&epoch=e%201&atLeast=9 t1");
        assertThat(page.entries()).hasSize(1);
        assertThat(page.next()).isEqualTo(8);
        assertThat(page.retryAfterMs()).isEqualTo(70);
    }

    @Test
    void shouldTellResetAndLaterFromFailures() {
        // Given
        script.add(new Scripted(410, "{\"code\":\"reset\",\"epoch\":\"e2\",\"oldest\":1,\"head\":3}"));
        script.add(new Scripted(503, "{\"code\":\"unavailable\",\"retryAfterMs\":900}"));
        script.add(new Scripted(502, "<html>"));

        // When
        PullAnswer reset = api.pull(7, "e1", 9).join();
        PullAnswer later = api.pull(7, "e1", 9).join();
        Throwable failure = catchThrowable(() -> api.pull(7, "e1", 9).join());

        // Then
        assertThat(reset).isEqualTo(new PullAnswer.Reset());
        assertThat(later).isEqualTo(new PullAnswer.Later(900));
        assertThat(Failures.cause(failure))
                .isInstanceOfSatisfying(ApiException.class, problem -> assertThat(problem.status())
                        .isEqualTo(502));
    }

    @Test
    void shouldTryOnceMoreWithANewTokenWhenTheOldOneIsRefused() {
        // Given
        script.add(new Scripted(401, "{\"code\":\"unauthorized\"}"));
        script.add(new Scripted(200, "{\"messages\":[],\"more\":false}"));

        // When
        HistoryPage page = api.history("d:a:b", null, 5).join();

        // Then
        assertThat(page.messages()).isEmpty();
        assertThat(requests)
                .containsExactly(
                        "GET /v1/conversations/d%3Aa%3Ab/messages?limit=5 t1",
                        "GET /v1/conversations/d%3Aa%3Ab/messages?limit=5 t2");
    }

    @Test
    void shouldPutThePagesOfConversationsTogetherUnderTheFirstPosition() {
        // Given
        script.add(new Scripted(200, conversations(41, "g:2", "\"next page\"")));
        script.add(new Scripted(200, conversations(43, "g:1", "null")));

        // When
        Snapshot snapshot = api.snapshot().join();

        // Then
        assertThat(snapshot.position()).isEqualTo(41);
        assertThat(snapshot.conversations())
                .extracting(ConversationSummary::conversation)
                .containsExactly("g:2", "g:1");
        assertThat(requests.get(1)).contains("cursor=next%20page");
    }

    @Test
    void shouldAskForADecisionUnderTheSameKeyUntilThereIsOne() {
        // Given
        script.add(new Scripted(202, "{\"state\":\"accepted\",\"conversation\":\"g:1\"}"));
        script.add(new Scripted(503, "{\"code\":\"overloaded\",\"retryAfterMs\":10}"));
        script.add(new Scripted(201, "{\"conversation\":\"g:1\",\"version\":1}"));

        // When
        String group = groups().create("k-1", "team", List.of("bob")).join();

        // Then
        assertThat(group).isEqualTo("g:1");
        assertThat(requests).hasSize(3).allSatisfy(request -> assertThat(request)
                .isEqualTo("POST /v1/conversations t1 "
                        + "{\"clientMessageId\":\"k-1\",\"kind\":\"group\",\"title\":\"team\",\"members\":[\"bob\"]}"));
    }

    @Test
    void shouldNotRepeatWhatIsRefused() {
        // Given
        script.add(new Scripted(403, "{\"code\":\"forbidden\",\"detail\":\"only admins\"}"));

        // When
        Throwable failure = catchThrowable(
                () -> groups().change("k-1", "g:1", GroupChange.title("x")).join());

        // Then
        assertThat(Failures.cause(failure))
                .isInstanceOfSatisfying(ApiException.class, problem -> assertThat(problem.code())
                        .isEqualTo("forbidden"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void shouldOpenAGroupAndJoinIt() {
        // Given
        script.add(new Scripted(200, "{\"version\":4}"));
        script.add(new Scripted(202, "{\"state\":\"accepted\",\"conversation\":\"g:1\",\"link\":\"s3cret\"}"));
        script.add(new Scripted(200, "{\"version\":5,\"link\":\"s3cret\",\"id\":\"l-1\",\"until\":9}"));
        script.add(new Scripted(200, "{\"version\":6}"));
        script.add(new Scripted(200, "{\"version\":7}"));

        // When
        groups().change("k-1", "g:1", new GroupChange(null, "", "open")).join();
        JoinLink link = groups().link("k-2", "g:1", 9).join();
        long joined = groups().join("k-3", "g:1", link.secret()).join();
        groups().revoke("k-4", "g:1", link.id()).join();

        // Then
        assertThat(link).isEqualTo(new JoinLink("s3cret", "l-1", 9));
        assertThat(link.toString()).doesNotContain("s3cret");
        assertThat(joined).isEqualTo(6);
        assertThat(requests)
                .containsExactly(
                        "PATCH /v1/conversations/g%3A1 t1 "
                                + "{\"clientMessageId\":\"k-1\",\"announcement\":\"\",\"joinRule\":\"open\"}",
                        "POST /v1/conversations/g%3A1/links t1 {\"clientMessageId\":\"k-2\",\"until\":9}",
                        "POST /v1/conversations/g%3A1/links t1 {\"clientMessageId\":\"k-2\",\"until\":9}",
                        "POST /v1/conversations/g%3A1/join t1 {\"clientMessageId\":\"k-3\",\"link\":\"s3cret\"}",
                        "DELETE /v1/conversations/g%3A1/links/l-1?clientMessageId=k-4 t1");
    }

    @Test
    void shouldListContactsAndWhatWaits() {
        // Given
        script.add(
                new Scripted(
                        200,
                        "{\"epoch\":\"e1\",\"position\":9,\"contacts\":[{\"user\":\"alice\",\"alias\":\"Al\","
                                + "\"contact\":true,\"position\":8},{\"user\":\"carol\",\"alias\":\"\",\"contact\":false,\"position\":9}]}"));
        script.add(new Scripted(
                200,
                "{\"scheduled\":[{\"version\":4,\"sendAt\":9,\"body\":{\"kind\":\"text\",\"text\":\"hush\"},"
                        + "\"replyTo\":null,\"mentions\":[],\"clientMessageId\":\"k-1\",\"at\":5}]}"));

        // When
        ContactPage contacts = api.contacts(7).join();
        List<WaitingMessage> waiting = api.scheduled("d:a:b").join();

        // Then
        assertThat(contacts)
                .isEqualTo(new ContactPage(
                        "e1", 9, List.of(new Contact("alice", "Al", true), new Contact("carol", "", false))));
        assertThat(waiting).hasSize(1).first().satisfies(message -> {
            assertThat(message.version()).isEqualTo(4);
            assertThat(message.sendAtMs()).isEqualTo(9);
            assertThat(message.expiresAtMs()).isNull();
            assertThat(message.toString()).doesNotContain("hush");
        });
        assertThat(requests)
                .containsExactly("GET /v1/contacts?after=7 t1", "GET /v1/conversations/d%3Aa%3Ab/scheduled t1");
    }

    private GroupApi groups() {
        var backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), new SplittableRandom(1));
        return api.groups(new UntilDecided(loop, Duration.ofSeconds(20), backoff));
    }

    private static String conversations(long position, String conversation, String cursor) {
        return "{\"epoch\":\"e1\",\"position\":" + position + ",\"conversations\":[{\"conversation\":\"" + conversation
                + "\",\"kind\":\"group\",\"title\":\"t\",\"lastSeq\":1,\"lastVersion\":2,\"readSeq\":0,\"unread\":1,"
                + "\"last\":null,\"updatedAt\":5}],\"totalUnread\":2,\"cursor\":" + cursor + "}";
    }

    private void answer(HttpServerExchange exchange) {
        exchange.getRequestReceiver().receiveFullString((each, body) -> {
            String token = each.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
            String query = each.getQueryString().isEmpty() ? "" : "?" + each.getQueryString();
            requests.add(
                    (each.getRequestMethod() + " " + each.getRequestURI() + query + " " + token + " " + body).strip());
            Scripted next = script.remove();
            each.setStatusCode(next.status());
            each.getResponseHeaders().put(new HttpString("Content-Type"), "application/json");
            each.getResponseSender().send(next.body());
        });
    }
}
