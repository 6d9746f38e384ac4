package io.millrace.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one stack, with two edges, that the tests of this JVM share; it ends with the JVM. With the
 * system property {@code millrace.edges} (two origins with a comma between) the tests talk to a stack that runs already.
 */
public final class SharedStack {
    private static @Nullable SharedStack instance;

    private final List<URI> edges;
    private final @Nullable LocalStack local;

    private SharedStack(List<URI> edges, @Nullable LocalStack local) {
        this.edges = edges;
        this.local = local;
    }

    /** Starts the stack for the first who asks. */
    public static synchronized SharedStack running() {
        SharedStack present = instance;
        if (present == null) {
            String given = System.getProperty("millrace.edges");
            present = given == null
                    ? start()
                    : new SharedStack(
                            Stream.of(given.split(",")).map(URI::create).toList(), null);
            instance = present;
        }
        return present;
    }

    /** Its parts, to be killed and started again; a test leaves them running. */
    public LocalStack parts() {
        if (local == null) {
            throw new IllegalStateException(
                    "this test kills parts and cannot run on a stack that somebody else started");
        }
        return local;
    }

    /** Origin of the first or the second edge. */
    public URI edge(int index) {
        return edges.get(index);
    }

    private static SharedStack start() {
        try {
            // What the last run left is of use until the next one.
            Path data = Path.of("target", "end-to-end").toAbsolutePath();
            delete(data);
            var stack = new LocalStack(StackOptions.at(data).withEdges(2));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop-shared-stack"));
            stack.start();
            return new SharedStack(List.of(stack.edgeUrl(1), stack.edgeUrl(2)), stack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stack started", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void stop(LocalStack stack) {
        try {
            stack.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
