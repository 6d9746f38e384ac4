package io.millrace.edge.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lives one life after the other on a thread of its own.
 *
 * <pre>
 *   begin ─▶ lane opened at its end ─▶ tick 0 in every partition ─▶ probe ─▶ ready ⇄ not ready (no probe for 10 s)
 *     ▲                                                               │
 *     └──────── fenced, or stood still for 10 s: sockets closed ◀─────┘
 * </pre>
 *
 * The order matters: whoever registers a session after tick 0 is answered through a lane that is already read.
 */
public final class LifeKeeper implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LifeKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LaneSettings settings;
    private final Map<String, Object> consumerSettings;
    private final Deserializer<Delivery> deserializer;
    private final Producer<String, SpecificRecord> producer;
    private final SignsOfLife signs;
    private final CurrentLife current;
    private final DeliverySink sink;
    private final LifeListener listener;
    private final LaneMetrics metrics;
    private final Thread thread = new Thread(this::run, "edge-life");
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> fenced = new AtomicReference<>();
    private volatile boolean probed;
    private volatile long lastProbeNanos;

    public LifeKeeper(
            LaneSettings settings,
            Map<String, Object> consumerSettings,
            Deserializer<Delivery> deserializer,
            Producer<String, SpecificRecord> producer,
            CurrentLife current,
            DeliverySink sink,
            LifeListener listener,
            MeterRegistry registry) {
        this.settings = settings;
        this.consumerSettings = consumerSettings;
        this.deserializer = deserializer;
        this.producer = producer;
        this.signs = new SignsOfLife(producer);
        this.current = current;
        this.sink = sink;
        this.listener = listener;
        this.metrics = new LaneMetrics(registry, current);
        this.thread.setDaemon(true);
    }

    /** Begins the first life; returns at once, {@link CurrentLife#isReady} tells when it is ready. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping(Duration.ZERO)) {
                try {
                    live();
                } catch (KafkaException e) {
                    // Transient: Kafka or the registry is away. Nothing was registered in that life.
                    LOGGER.atWarn().addKeyValue("error", e.toString()).log("life not begun, trying again");
                }
                stopping(RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() throws InterruptedException {
        int lanes = producer.partitionsFor(TopicCatalogue.DELIVERIES.name()).size();
        var life = EdgeLife.begin(settings.place(), lanes);
        metrics.begun();
        fenced.set(null);
        probed = false;
        try (var reader = LaneReader.open(
                life, consumerSettings, deserializer, delivery -> onDelivery(life, delivery), metrics)) {
            signs.alive(life, 0, settings.tickEvery());
            current.begin(life);
            LOGGER.atInfo()
                    .addKeyValue("edge", life.id())
                    .addKeyValue("lane", life.lane())
                    .log("life begun");
            var why = tick(life);
            current.end();
            listener.onLifeEnded(life, why);
            signs.gone(life, settings.tickEvery());
            LOGGER.atInfo()
                    .addKeyValue("edge", life.id())
                    .addKeyValue("why", why)
                    .log("life ended");
        } finally {
            current.end();
        }
    }

    /** Ticks until the life is over; returns why. */
    private String tick(EdgeLife life) throws InterruptedException {
        long lastNanos = System.nanoTime();
        long lastTickNanos = lastNanos;
        long tick = 0;
        Duration step = Duration.ofMillis(100);
        while (!stopping(step)) {
            long now = System.nanoTime();
            var why = fenced.get();
            if (why != null) {
                return why;
            }
            if (now - lastNanos > settings.stoodStillAfter().toNanos()) {
                return "stood still";
            }
            lastNanos = now;
            judgeReadiness(life);
            if (now - lastTickNanos >= settings.tickEvery().toNanos()) {
                lastTickNanos = now;
                tick++;
                alive(life, tick);
                lastNanos = System.nanoTime();
                if (lastNanos - now > settings.stoodStillAfter().toNanos()) {
                    return "stood still";
                }
            }
        }
        return "stopped";
    }

    private void alive(EdgeLife life, long tick) throws InterruptedException {
        try {
            signs.alive(life, tick, settings.tickEvery());
        } catch (KafkaException e) {
            // Transient: nobody can write now, so the gap counts for nobody; the next tick is tried in its turn.
            LOGGER.atWarn()
                    .addKeyValue("edge", life.id())
                    .addKeyValue("error", e.toString())
                    .log("sign of life not written");
        }
    }

    private void onDelivery(EdgeLife life, Delivery delivery) {
        if (delivery.getKind() == DeliveryKind.PROBE) {
            lastProbeNanos = System.nanoTime();
            probed = true;
            judgeReadiness(life);
        } else if (delivery.getKind() == DeliveryKind.FENCED) {
            fenced.set("fenced");
        } else {
            sink.onDelivery(delivery);
        }
    }

    /** Ready while the last probe is fresh; the answer to tick 0 may be here before the life is told to anybody. */
    private synchronized void judgeReadiness(EdgeLife life) {
        boolean lived = current.get().filter(life::equals).isPresent();
        boolean is = lived
                && probed
                && System.nanoTime() - lastProbeNanos < settings.probeWithin().toNanos();
        if (is != current.isReady()) {
            current.ready(is);
            LOGGER.atInfo()
                    .addKeyValue("edge", life.id())
                    .addKeyValue("ready", is)
                    .log("readiness of the lane changed");
        }
    }

    private boolean stopping(Duration within) throws InterruptedException {
        return stop.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the life, tells every partition so, and returns; at the latest after some ten seconds. */
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join(Duration.ofSeconds(10).toMillis());
    }
}
