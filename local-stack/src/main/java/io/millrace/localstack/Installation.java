package io.millrace.localstack;

import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the jars of every part are: the built repository. */
final class Installation {
    private static final String VERSION = "1.0.0-SNAPSHOT";

    private final Path root;

    private Installation(Path root) {
        this.root = root;
    }

    /** The directory of the system property {@code millrace.home}, else the first at or above the working directory. */
    static Installation locate() {
        var given = System.getProperty("millrace.home");
        var start = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("local-stack/servers"))) {
                return new Installation(at);
            }
        }
        throw new StackException(Trouble.NOT_BUILT, start + " is in no Millrace repository; say -Dmillrace.home=DIR");
    }

    /** The jars of one of the services in another built checkout of the repository. */
    static List<Path> serviceIn(Path checkout, String module) {
        return new Installation(checkout.toAbsolutePath().normalize()).service(module);
    }

    Path root() {
        return root;
    }

    /** Start-up archives of all stacks; they live and die with the jars. */
    Path archives() {
        return root.resolve("local-stack/target/start-up-archives");
    }

    List<Path> server(String name) {
        return jars(root.resolve("local-stack/servers").resolve(name).resolve("target/lib"));
    }

    Path registryRunner() {
        return jars(root.resolve("local-stack/servers/registry/target/registry"))
                .get(0);
    }

    /** Jars of one of our services: its own first. Those that a build replaces are copies, which it leaves alone. */
    List<Path> service(String module) {
        var target = root.resolve(module).resolve("target");
        var own = target.resolve(module + "-" + VERSION + ".jar");
        if (!Files.exists(own)) {
            throw notBuilt(own);
        }
        var ours = new ArrayList<>(List.of(own));
        var theirs = new ArrayList<Path>();
        jars(target.resolve("lib"))
                .forEach(jar -> (jar.toString().endsWith("-" + VERSION + ".jar") ? ours : theirs).add(jar));
        var all = new ArrayList<>(JarCopies.in(root.resolve("local-stack/target/run"), module, ours));
        all.addAll(theirs);
        return all;
    }

    private static List<Path> jars(Path directory) {
        var found = new ArrayList<Path>();
        try (var jars = Files.newDirectoryStream(directory, "*.jar")) {
            jars.forEach(found::add);
        } catch (IOException e) {
            throw notBuilt(directory);
        }
        if (found.isEmpty()) {
            throw notBuilt(directory);
        }
        Collections.sort(found); // the order is part of the start-up archive
        return found;
    }

    private static StackException notBuilt(Path missing) {
        return new StackException(Trouble.NOT_BUILT, missing + " is missing; build it: mvn -Dquick package");
    }
}
