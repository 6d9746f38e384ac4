package io.millrace.guarantees.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real edge of sorts: a server that says everything back. */
@Timeout(20)
class DoorTest {
    private ServerSocket echo;
    private Door door;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
        var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var away = new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody.getLocalPort());
        nobody.close();
        door = new Door("door", List.of(away, (InetSocketAddress) echo.getLocalSocketAddress()));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        echo.close();
    }

    @Test
    void shouldLeadToTheEdgeThatAnswers() throws IOException {
        try (var client = connect()) {
            assertThat(say(client, 'a')).isEqualTo('a');
        }
        try (var client = connect()) {
            assertThat(say(client, 'b')).isEqualTo('b');
        }
    }

    @Test
    void shouldHoldBackAndLoseNothingWhenTheNetworkStalls() throws IOException {
        try (var client = connect()) {
            // Given
            assertThat(say(client, 'a')).isEqualTo('a');
            door.change(Weather.ANSWERS_LOST);
            client.setSoTimeout(300);

            // When
            client.getOutputStream().write('b');
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            door.change(Weather.CLEAR);

            // Then
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void shouldResetEveryConnection() throws IOException {
        try (var client = connect()) {
            // Given
            assertThat(say(client, 'a')).isEqualTo('a');

            // When
            door.resetAll();

            // Then
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), door.url().getPort());
    }

    private static int say(Socket client, int what) throws IOException {
        client.getOutputStream().write(what);
        return client.getInputStream().read();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                var socket = echo.accept();
                new Thread(() -> sayBack(socket)).start();
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private static void sayBack(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the door or the client went away
        }
    }
}
