package io.millrace.guarantees.net;

import java.io.IOException;
import java.net.Socket;

/** One connection through a door, both directions. */
final class Passage {
    private static final int PIECE = 16 << 10;

    private final Socket client;
    private final Socket backend;
    private final Sky sky;

    Passage(Socket client, Socket backend, Sky sky) {
        this.client = client;
        this.backend = backend;
        this.sky = sky;
    }

    /** Carries one direction until it ends; then the whole connection does. */
    void carry(boolean up) {
        var buffer = new byte[PIECE];
        try {
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
            var in = (up ? client : backend).getInputStream();
            var out = (up ? backend : client).getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sky.await(up, read);
                out.write(buffer, 0, read);
                out.flush();
            }
            client.close();
            backend.close();
        } catch (IOException e) {
            reset(); // one end is gone: the other learns it at once
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    void reset() {
        reset(client);
        reset(backend);
    }

    /** Ends a socket with RST instead of FIN. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        try {
            socket.close();
        } catch (IOException e) {
            // closing is all that was wanted
        }
    }
}
