package io.millrace.localstack.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Main class of every child JVM: runs another main class and ends the JVM when standard input ends, which is when the
 * parent died, be it by {@code kill -9}. It stands alone in a jar ({@link GuardJar}), so it uses nothing but the JDK.
 */
public final class ChildGuard {
    private static final long HALT_AFTER_MS = 20_000;

    private ChildGuard() {}

    /** @param args name of the real main class, then its arguments */
    public static void main(String[] args) throws Throwable {
        startDaemon("parent-watch", ChildGuard::exitAtEndOfInput);
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever comes is no business of a server
            }
        } catch (IOException e) {
            // the same as its end: nobody is there any more
        }
        startDaemon("halt-if-stuck", ChildGuard::haltLater);
        System.exit(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(HALT_AFTER_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void startDaemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
