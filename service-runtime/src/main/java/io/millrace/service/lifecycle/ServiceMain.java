package io.millrace.service.lifecycle;

import io.millrace.service.config.ConfigException;
import io.millrace.service.config.ConfigLoader;
import io.millrace.service.kafka.KafkaRefusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service from its {@code main}: load settings, build, start, wait for SIGTERM, close in bounded time. Exit codes:
 * 143 stopped by SIGTERM, 1 failed, could not go on or did not close in time, 2 wrong settings or arguments, 3 refused to start; the last
 * line on stderr says why.
 */
public final class ServiceMain {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceMain.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(25);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** A check that fails once may be looking at a change of state. */
    private static final int LOOKS = 3;

    private ServiceMain() {}

    /** {@code --check-config} loads the settings and exits. */
    public static <C extends Record> void run(
            String name, Class<C> configType, String[] args, Function<C, Service> build) {
        var arguments = List.of(args);
        refuseUnknown(name, arguments);
        C config = load(name, configType, arguments);
        if (arguments.contains("--check-config")) {
            say("the settings of " + name + " are good");
            System.exit(0);
        }
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            LOGGER.atError().addKeyValue("thread", thread.getName()).setCause(e).log("thread died, stopping");
            Runtime.getRuntime().halt(1);
        });
        try {
            var service = build.apply(config);
            var closing = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(name, service, closing), "shutdown"));
            service.start();
            LOGGER.atInfo().addKeyValue("service", name).log("service started");
            if (!awaitClosing(service, closing)) {
                LOGGER.atError().addKeyValue("service", name).log("service is not live, stopping");
                say(name + " cannot go on; see its log. Start it again");
                System.exit(1);
            }
        } catch (RefusedToStartException e) {
            say(name + " refuses to start: " + e.getMessage());
            System.exit(3);
        } catch (ConfigException e) {
            say(name + ": " + e.getMessage());
            System.exit(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(1);
        } catch (Exception e) {
            refuseIfKafkaDoes(name, e);
            LOGGER.atError().addKeyValue("service", name).setCause(e).log("service failed to start");
            say(name + " failed to start: " + e);
            System.exit(1);
        }
    }

    /** Returns true when the service is being closed, false when it is not live any more. */
    private static boolean awaitClosing(Service service, CountDownLatch closing) throws InterruptedException {
        int failed = 0;
        while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            failed = service.isLive() ? 0 : failed + 1;
            if (failed == LOOKS) {
                return false;
            }
        }
        return true;
    }

    /** Runs a piece of work that ends by itself, with the settings and the exit codes of the service; says its result. */
    public static <C extends Record> void runTask(
            String name, Class<C> configType, List<String> arguments, Task<C> task) {
        refuseUnknown(name, arguments);
        C config = load(name, configType, arguments);
        try {
            say(task.run(config));
            System.exit(0);
        } catch (RefusedToStartException e) {
            say(name + " refuses: " + e.getMessage());
            System.exit(3);
        } catch (Exception e) {
            refuseIfKafkaDoes(name, e);
            LOGGER.atError().addKeyValue("service", name).setCause(e).log("task failed");
            say(name + " failed: " + e);
            System.exit(1);
        }
    }

    /** Work with settings; returns a sentence that says what was done. */
    @FunctionalInterface
    public interface Task<C> {
        String run(C config) throws Exception;
    }

    private static void refuseUnknown(String name, List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--config")) {
                i++; // its file; a missing one is the loader's to report
            } else if (!arguments.get(i).equals("--check-config")) {
                say(name + ": unknown argument " + arguments.get(i) + "; known: --config FILE, --check-config");
                System.exit(2);
            }
        }
    }

    private static <C extends Record> C load(String name, Class<C> configType, List<String> arguments) {
        try {
            return new ConfigLoader(name).load(configType, arguments, System.getenv());
        } catch (ConfigException e) {
            say(name + ": " + e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    private static void refuseIfKafkaDoes(String name, Exception e) {
        KafkaRefusal.in(e).ifPresent(why -> {
            say(name + " refuses to start: " + why + "; see runbooks/secure-servers.md");
            System.exit(3);
        });
    }

    private static void close(String name, Service service, CountDownLatch closing) {
        closing.countDown();
        var closed = new CountDownLatch(1);
        var closer = new Thread(
                () -> {
                    try {
                        service.close();
                    } catch (Exception e) {
                        LOGGER.atWarn().addKeyValue("service", name).setCause(e).log("service did not close cleanly");
                    } finally {
                        closed.countDown();
                    }
                },
                "close-" + name);
        closer.setDaemon(true);
        closer.start();
        try {
            if (!closed.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.atWarn().addKeyValue("service", name).log("service did not close in time");
                Runtime.getRuntime().halt(1);
            }
            LOGGER.atInfo().addKeyValue("service", name).log("service stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("SystemOut") // the last line of a process that stops is for whoever started it
    private static void say(String line) {
        System.err.println(line);
    }
}
