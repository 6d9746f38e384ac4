package io.millrace.guarantees.fault;

import io.millrace.guarantees.net.Door;
import io.millrace.guarantees.net.Roads;
import io.millrace.guarantees.workload.Fleet;
import io.millrace.guarantees.workload.Pace;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.StackOptions;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.services.Services;
import io.millrace.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a fault may break.
 *
 * @param doors before the edges
 * @param clocks null if they cannot be set wrong here
 */
public record Scene(
        LocalStack stack,
        List<Door> doors,
        Roads roads,
        Disks disks,
        @Nullable Clocks clocks,
        Fleet fleet,
        Pace pace,
        Random random) {
    public Scene {
        doors = List.copyOf(doors);
    }

    @Override
    public Clocks clocks() {
        return Objects.requireNonNull(clocks, "no clock can be set wrong here");
    }

    /** Name of broker 1, 2, … */
    static String broker(int number) {
        return number == 1 ? "kafka" : "kafka-" + number;
    }

    /** Where a debugger may look into a router. */
    int debugPort(String router) {
        return stack.options().ports().spare(routers().indexOf(router));
    }

    static List<String> routers(StackOptions stack) {
        return IntStream.rangeClosed(1, stack.routers())
                .mapToObj(Services::router)
                .toList();
    }

    List<String> routers() {
        return routers(stack.options());
    }

    List<String> edges() {
        return IntStream.rangeClosed(1, stack.options().edges())
                .mapToObj(Services::edge)
                .toList();
    }

    List<String> brokers() {
        return IntStream.rangeClosed(1, stack.options().brokers())
                .mapToObj(Scene::broker)
                .toList();
    }

    String someEdge() {
        return pick(edges());
    }

    String someRouter() {
        return pick(routers());
    }

    String someBroker() {
        return pick(brokers());
    }

    Door someDoor() {
        return pick(doors);
    }

    /** One of the two applications of the routers. */
    String someApplication() {
        return pick(List.of(TopicCatalogue.CONVERSATIONS_APP, TopicCatalogue.USERS_APP));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Tries to start a part and leaves it to whoever watches the parts if it fails. */
    void startAgain(String part) throws InterruptedException {
        try {
            stack.part(part).start();
        } catch (StackException e) {
            // it has failed, and is seen as failed
        }
    }

    /** {@link #startAgain} while other things happen. */
    void startMeanwhile(String part) {
        var thread = new Thread(
                () -> {
                    try {
                        startAgain(part);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "start-" + part);
        thread.setDaemon(true);
        thread.start();
    }
}
