package io.millrace.benchmarks.stage;

import com.datastax.driver.core.Cluster;
import com.datastax.driver.core.HostDistance;
import com.datastax.driver.core.PoolingOptions;
import com.datastax.driver.core.Session;
import com.datastax.driver.core.SocketOptions;
import io.millrace.benchmarks.BenchOptions;
import io.millrace.guarantees.fault.Directories;
import io.millrace.guarantees.load.Crowd;
import io.millrace.guarantees.load.EdgeMetrics;
import io.millrace.guarantees.load.Operations;
import io.millrace.guarantees.load.Tokens;
import io.millrace.guarantees.load.wire.Handshake;
import io.millrace.guarantees.load.wire.Reactor;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.PartSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A stack with one edge and one router, and what is needed to put load upon it. For one thread. */
public final class TestBed implements Site, AutoCloseable {
    private static final String PATH = "/v1/ws";
    private static final String SUBPROTOCOL = "millrace.v1.json";
    private static final int READ_TIMEOUT_MS = 30_000;
    private static final int IN_FLIGHT = 2048;

    private final BenchOptions options;
    private final PrintWriter out;
    private final LocalStack stack;
    private final List<Reactor> reactors = new ArrayList<>();
    private final Admin admin;
    private final Cluster cluster;
    private final Session session;

    private TestBed(BenchOptions options, PrintWriter out, LocalStack stack) {
        this.options = options;
        this.out = out;
        this.stack = stack;
        for (int i = 1; i <= options.reactors(); i++) {
            reactors.add(new Reactor("generator-" + i));
        }
        this.admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        // As the timeline-writer has it.
        this.cluster = Cluster.builder()
                .addContactPointsWithPorts(new InetSocketAddress(InetAddress.getLoopbackAddress(), stack.cqlPort()))
                .withPort(stack.cqlPort())
                .withoutJMXReporting()
                .withPoolingOptions(new PoolingOptions()
                        .setConnectionsPerHost(HostDistance.LOCAL, 1, 2)
                        .setMaxRequestsPerConnection(HostDistance.LOCAL, IN_FLIGHT))
                .withSocketOptions(new SocketOptions().setReadTimeoutMillis(READ_TIMEOUT_MS))
                .build();
        this.session = cluster.connect();
    }

    /** Starts a stack in an empty directory. */
    public static TestBed start(BenchOptions options, PrintWriter out) throws IOException, InterruptedException {
        Directories.delete(options.data());
        var stack = new LocalStack(StackOptions.at(options.data())
                .withPorts(options.ports())
                .withArchives(true)
                .withPace(options.pace())
                .withRigging(part -> rigged(part, options)));
        boolean started = false;
        try {
            stack.start();
            var bed = new TestBed(options, out, stack);
            started = true;
            return bed;
        } finally {
            if (!started) {
                stack.close();
            }
        }
    }

    private static PartSpec rigged(PartSpec part, BenchOptions options) {
        var jvm = options.jvm().getOrDefault(part.name(), List.of());
        var environment = options.environment().getOrDefault(part.name(), Map.of());
        var command = part.command().withOptions(jvm);
        return part.withCommand(environment.isEmpty() ? command : command.withEnvironment(environment));
    }

    @Override
    public BenchOptions options() {
        return options;
    }

    @Override
    public List<Reactor> reactors() {
        return List.copyOf(reactors);
    }

    public Crowd crowd(Operations operations) {
        return new Crowd(operations);
    }

    /** What joins a crowd to the edge. */
    public Crowd.Place place() throws IOException {
        return new Crowd.Place(reactors(), edgeAddress(), handshake(PATH, SUBPROTOCOL), tokens());
    }

    private InetSocketAddress edgeAddress() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), options.ports().edgeHttp(1));
    }

    private Handshake handshake(String path, String subprotocol) {
        return new Handshake("127.0.0.1:" + options.ports().edgeHttp(1), path, subprotocol, 0);
    }

    public Tokens tokens() throws IOException {
        return Tokens.of(options.data());
    }

    public URI edgeUrl() {
        return stack.edgeUrl(1);
    }

    public Part part(String name) {
        return stack.part(name);
    }

    public Admin admin() {
        return admin;
    }

    public String bootstrapServers() {
        return stack.bootstrapServers();
    }

    public String registryUrl() {
        return stack.registryUrl();
    }

    /** On no keyspace. */
    public Session session() {
        return session;
    }

    /** Rows that the timeline-writer sent to the store since its start. */
    public double rowsWritten() {
        return new EdgeMetrics(options.ports().timelineAdmin()).value("millrace_timeline_rows_written_total");
    }

    @Override
    public Map<String, List<Long>> processes() {
        var all = new LinkedHashMap<String, List<Long>>();
        for (var part : stack.parts()) {
            part.pid().ifPresent(pid -> all.put(part.name(), List.of(pid)));
        }
        return all;
    }

    /** Ends what is Millrace's and leaves the servers to the baselines. */
    public void stopServices() throws InterruptedException {
        for (var name : List.of("edge-1", "router", "timeline")) {
            part(name).stop();
        }
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void close() throws InterruptedException {
        for (var reactor : reactors) {
            reactor.close();
        }
        admin.close();
        session.close();
        cluster.close();
        stack.close();
    }
}
