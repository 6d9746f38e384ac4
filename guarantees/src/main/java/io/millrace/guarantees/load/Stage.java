package io.millrace.guarantees.load;

import io.millrace.guarantees.fault.Directories;
import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Reactor;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** A stack with one edge and one router, and what is needed to put load upon it. For one thread. */
final class Stage implements AutoCloseable {
    private static final String PATH = "/v1/ws";
    private static final String SUBPROTOCOL = "millrace.v1.json";

    private final LoadOptions options;
    private final PrintWriter out;
    private final LocalStack stack;
    private final List<Reactor> reactors = List.of(new Reactor("load-1"), new Reactor("load-2"));
    private final Phases phases = new Phases();
    private long operations = 1;

    private Stage(LoadOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.stack = new LocalStack(
                StackOptions.at(options.data()).withPorts(options.ports()).withArchives(true));
    }

    static Stage start(LoadOptions options, PrintWriter out) throws IOException, InterruptedException {
        Directories.delete(options.data());
        var stage = new Stage(options, out);
        boolean started = false;
        try {
            stage.stack.start();
            started = true;
            return stage;
        } finally {
            if (!started) {
                stage.close();
            }
        }
    }

    URI edgeUrl() {
        return stack.edgeUrl(1);
    }

    LoadOptions options() {
        return options;
    }

    Part edge() {
        return stack.edge(1);
    }

    /** Those whose memory is followed. */
    List<Part> services() {
        return List.of(edge(), stack.part("router"), stack.part("timeline"));
    }

    EdgeMetrics metrics() {
        return new EdgeMetrics(options.ports().edgeAdmin(1));
    }

    /** Starts the edge again, so that what an earlier scenario left in its memory does not count. */
    void freshEdge() throws InterruptedException {
        edge().stop();
        edge().start();
    }

    Crowd crowd() {
        return new Crowd(phases);
    }

    Crowd.Place place() throws IOException {
        int port = options.ports().edgeHttp(1);
        return new Crowd.Place(
                reactors,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new Handshake("127.0.0.1:" + port, PATH, SUBPROTOCOL, 0),
                Tokens.of(options.data()));
    }

    /** Room for so many operations, numbered on from the last. */
    Phase phase(int count) {
        var phase = new Phase(operations, count);
        operations += count;
        phases.add(phase);
        return phase;
    }

    LoggedOperations logged() {
        return LoggedOperations.read(stack.bootstrapServers(), stack.registryUrl());
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() throws InterruptedException {
        for (var reactor : reactors) {
            reactor.close();
        }
        stack.close();
    }
}
