package io.millrace.guarantees.fault;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.PartSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be laid out before a stack starts, so that faults can be brought upon it later. */
public final class Ground implements AutoCloseable {
    /** A dozen JVMs share few cores and are started again all the time: what they compile must pay within seconds. */
    private static final List<String> LITTLE_COMPILING = List.of("-XX:TieredStopAtLevel=1");

    private final StackOptions stack;
    private final Set<Means> means;
    private final Disks disks;
    private final @Nullable Clocks clocks;
    private final @Nullable OtherRelease release;

    private Ground(
            StackOptions stack,
            Set<Means> means,
            Disks disks,
            @Nullable Clocks clocks,
            @Nullable OtherRelease release) {
        this.stack = stack;
        this.means = means;
        this.disks = disks;
        this.clocks = clocks;
        this.release = release;
    }

    /**
     * Mounts disks and makes clocks, where they are needed.
     *
     * @param release which routers begin with; null for this one
     */
    public static Ground prepare(Set<Means> means, @Nullable OtherRelease release, StackOptions stack)
            throws IOException, InterruptedException {
        var clocks = means.contains(Means.CLOCKS) ? Clocks.in(stack.data().resolve("clocks")) : null;
        var disks = means.contains(Means.DISKS) ? Disks.mount(stack) : Disks.none();
        return new Ground(stack, Set.copyOf(means), disks, clocks, release);
    }

    /** A part as it must be started on this ground. */
    public PartSpec rig(PartSpec part) {
        var command = part.command().withOptions(LITTLE_COMPILING);
        int router = Scene.routers(stack).indexOf(part.name());
        if (means.contains(Means.DEBUGGER) && router >= 0) {
            command = command.withOptions(StreamThreads.options(stack.ports().spare(router)));
        }
        if (release != null && router >= 0) {
            command = command.withClassPath(release.earlier());
        }
        if (clocks != null) {
            try {
                command = command.withEnvironment(clocks.environment(part.name()));
            } catch (IOException e) {
                throw new UncheckedIOException("the clock of " + part.name() + " cannot be made", e);
            }
        }
        return part.withCommand(command);
    }

    /** When the stack has started. */
    public void settle(LocalStack started) {
        if (means.contains(Means.DISKS)) {
            Ballast.prepare(started.cqlPort());
        }
    }

    public Disks disks() {
        return disks;
    }

    public @Nullable Clocks clocks() {
        return clocks;
    }

    @Override
    public void close() throws IOException {
        disks.close();
    }
}
