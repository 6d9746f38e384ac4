package io.millrace.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.client.connection.Transport.Link;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real WebSocket server: whatever it is told it echoes, closes with, or cuts. */
@Timeout(30)
final class JdkTransportTest {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<Integer> closes = new CopyOnWriteArrayList<>();
    private final JdkTransport transport = new JdkTransport(HttpClient.newHttpClient());
    private Undertow server;
    private URI uri;

    @BeforeEach
    void startServer() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.websocket((exchange, channel) -> {
                    channel.getReceiveSetter().set(new Obedient());
                    channel.resumeReceives();
                }))
                .build();
        server.start();
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/v1/ws");
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void shouldSendInOrderWhenManyFramesAreGivenAtOnce() {
        // Given
        Link link = open();
        List<String> sent =
                IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

        // When
        sent.forEach(link::send);

        // Then
        await().untilAsserted(() -> assertThat(texts).isEqualTo(sent));
    }

    @Test
    void shouldPutALargeFrameTogether() {
        // Given
        String large = "漢字 and text ".repeat(80_000);

        // When
        open().send(large);

        // Then
        await().untilAsserted(() -> assertThat(texts).containsExactly(large));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1009, 1013, 4400, 4401, 4408, 4409, 4429, 4508})
    void shouldTellTheCodeThatTheServerClosesWith(int code) {
        // When
        open().send("close " + code);

        // Then
        await().untilAsserted(() -> assertThat(closes).containsExactly(code));
    }

    @Test
    void shouldTellOfACutOnce() {
        // When
        open().send("cut");

        // Then
        await().untilAsserted(() -> assertThat(closes).containsExactly(Transport.ABNORMAL));
    }

    @Test
    void shouldFailToOpenWhenNobodyListens() {
        // Given
        server.stop();

        // Then
        assertThatThrownBy(this::open).hasRootCauseInstanceOf(IOException.class);
        assertThat(closes).isEmpty();
    }

    private Link open() {
        return transport
                .open(uri, new Transport.Receiver() {
                    @Override
                    public void onText(String text) {
                        texts.add(text);
                    }

                    @Override
                    public void onClosed(int code, String reason) {
                        closes.add(code);
                    }
                })
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static final class Obedient extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) throws IOException {
            String text = message.getData();
            if (text.startsWith("close ")) {
                WebSockets.sendClose(Integer.parseInt(text.substring(6)), "told to", channel, null);
            } else if (text.equals("cut")) {
                channel.close();
            } else {
                WebSockets.sendText(text, channel, null);
            }
        }
    }
}
