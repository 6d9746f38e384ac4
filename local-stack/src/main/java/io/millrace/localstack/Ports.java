package io.millrace.localstack;

import io.millrace.localstack.part.LoopbackPort;
import io.millrace.localstack.part.StackException;
import io.millrace.localstack.part.StackException.Trouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Every port of a stack, all on 127.0.0.1. They stay below 32768, where the system takes no port for a client, so
 * nobody is ever connected with himself.
 *
 * @param moreEdges http port of the second edge; its admin port and those of further edges follow
 * @param moreBrokers the first of those that a cluster of brokers takes
 */
public record Ports(
        int kafka,
        int kafkaController,
        int registry,
        int cassandraCql,
        int cassandraStorage,
        int cassandraStorageTls,
        int routerAdmin,
        int timelineApi,
        int timelineAdmin,
        int webhooksAdmin,
        int edgeHttp,
        int edgeAdmin,
        int moreEdges,
        int moreBrokers) {
    /** What {@code ./millrace up} takes. */
    public static final Ports DEFAULT =
            new Ports(27192, 27193, 27181, 27142, 27100, 27101, 27281, 27282, 27283, 27284, 8080, 27280, 27290, 27340);

    /** How many ports {@link #from} takes. */
    public static final int SPAN = 100;

    /** Behind the ports of further edges. */
    private static final int ROUTERS_BEHIND = 30;

    private static final int SPARE_BEHIND = 40;
    /** Its own two, and one for each service that comes another way. */
    private static final int PORTS_OF_A_BROKER = 12;

    private static final int FIRST_EPHEMERAL = 32768;

    /** Ports of a stack beside others: {@code base} to {@code base + SPAN - 1}; the page is on {@code base}. */
    public static Ports from(int base) {
        if (base < 1024 || base + SPAN > FIRST_EPHEMERAL) {
            throw new StackException(
                    Trouble.MISUSE,
                    "the base of the ports is between 1024 and " + (FIRST_EPHEMERAL - SPAN) + ", not " + base);
        }
        return new Ports(
                base + 2, base + 3, base + 4, base + 5, base + 6, base + 7, base + 8, base + 9, base + 10, base + 11,
                base, base + 1, base + 12, base + 50);
    }

    /** Ports that nobody uses now. */
    public static Ports free() {
        var random = ThreadLocalRandom.current();
        for (int attempt = 0; attempt < 200; attempt++) {
            int base = 20_000 + SPAN * random.nextInt((FIRST_EPHEMERAL - 20_000) / SPAN - 1);
            if (IntStream.range(base, base + SPAN).allMatch(LoopbackPort::isFree)) {
                return from(base);
            }
        }
        throw new StackException(
                Trouble.PORT_TAKEN, "no " + SPAN + " ports in a row are free between 20000 and " + FIRST_EPHEMERAL);
    }

    /** Port of the page and the WebSocket of edge 1, 2, … */
    public int edgeHttp(int number) {
        return number == 1 ? edgeHttp : moreEdges + 2 * (number - 2);
    }

    /** Where clients reach broker 1, 2, … */
    public int kafka(int number) {
        return number == 1 ? kafka : brokerBlock(number);
    }

    /** Where the controllers of a cluster reach broker 1, 2, … */
    public int kafkaController(int number) {
        return number == 1 ? kafkaController : brokerBlock(number) + 1;
    }

    /** Where broker 1, 2, … listens for one service alone, which comes by {@link Detours}. */
    public int detour(int number, int service) {
        return brokerBlock(number) + 2 + service;
    }

    /** One of ten that no part takes by itself: 0, 1, … */
    public int spare(int number) {
        return moreBrokers + SPARE_BEHIND + number;
    }

    private int brokerBlock(int number) {
        return moreBrokers + PORTS_OF_A_BROKER * (number - 1);
    }

    /** Admin port of router 1, 2, … */
    public int routerAdmin(int number) {
        return number == 1 ? routerAdmin : moreEdges + ROUTERS_BEHIND + number;
    }

    /** Admin port of edge 1, 2, … */
    public int edgeAdmin(int number) {
        return number == 1 ? edgeAdmin : moreEdges + 2 * (number - 2) + 1;
    }
}
