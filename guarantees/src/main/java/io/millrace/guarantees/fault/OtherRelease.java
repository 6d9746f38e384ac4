package io.millrace.guarantees.fault;

import io.millrace.localstack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The routers are taken to another release, one after the other, on the state that they have; the next time they go back.
 * A run with this fault begins with the earlier release.
 */
public final class OtherRelease implements Fault {
    private static final String MODULE = "streams-router";

    private final List<Path> earlier;
    private final List<Path> later;
    private boolean isLater;

    /**
     * @param earlier checkout of the repository, built
     * @param later checkout of the repository, built
     */
    public OtherRelease(Path earlier, Path later) {
        this.earlier = LocalStack.jarsIn(earlier, MODULE);
        this.later = LocalStack.jarsIn(later, MODULE);
    }

    /** What routers run in the beginning. */
    List<Path> earlier() {
        return earlier;
    }

    @Override
    public String name() {
        return "other-release";
    }

    @Override
    public String matrix() {
        return "F18";
    }

    @Override
    public String description() {
        return "every router in turn: SIGTERM, and started from the jars of the later release, the next time the earlier";
    }

    @Override
    public Duration hold() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void inject(Scene scene) throws Exception {
        isLater = !isLater;
        for (var name : scene.routers()) {
            var router = scene.stack().part(name);
            router.stop();
            router.refit(router.spec().withCommand(router.spec().command().withClassPath(isLater ? later : earlier)));
            router.start();
        }
    }

    @Override
    public void heal(Scene scene) {}

    @Override
    public String where() {
        return isLater ? "to the later" : "to the earlier";
    }
}
