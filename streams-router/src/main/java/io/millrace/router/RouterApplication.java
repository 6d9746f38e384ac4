package io.millrace.router;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.router.conversation.ConversationsTopology;
import io.millrace.router.rebuild.ShadowStart;
import io.millrace.router.runtime.LogNames;
import io.millrace.router.runtime.StartGuards;
import io.millrace.router.runtime.StreamsApplication;
import io.millrace.router.user.UsersTopology;
import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.topic.TopicCatalogue;
import io.millrace.service.admin.AdminServer;
import io.millrace.service.admin.Health;
import io.millrace.service.lifecycle.Service;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** Composition root of the router: guards, then both applications, then the admin port. */
final class RouterApplication implements Service {
    private static final List<String> TOO_FINE =
            List.of("kafka.stream.state.", "kafka.stream.processor.", "kafka.stream.topic.", "kafka.admin.");

    private final RouterConfig config;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final AdminServer admin;
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private List<StreamsApplication> applications = List.of();

    RouterApplication(RouterConfig config) {
        this.config = config;
        metrics.config().meterFilter(MeterFilter.deny(RouterApplication::isTooFine));
        this.admin = new AdminServer(
                String.valueOf(config.admin().host()), config.admin().port(), health, metrics);
    }

    /** Thousands of figures, per store and per node of every task: threads and tasks tell enough. */
    private static boolean isTooFine(Meter.Id id) {
        return TOO_FINE.stream().anyMatch(id.getName()::startsWith);
    }

    @Override
    public void start() throws Exception {
        Metrics.addRegistry(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        gc.bindTo(metrics);
        health.addReadiness("streams", () -> !applications.isEmpty());
        admin.start();
        var names = config.shadow().names();
        var epoch = checkedEpoch(names);
        var serdes = config.kafka().serdes();
        var conversations = new ConversationsTopology(serdes, epoch.getUserPartitions(), config.conversations(), names);
        var users = new UsersTopology(serdes, epoch.getEpoch(), config.offlineDelay(), names);
        applications = List.of(
                new StreamsApplication(
                        names.application(TopicCatalogue.CONVERSATIONS_APP), conversations.get(), config),
                new StreamsApplication(names.application(TopicCatalogue.USERS_APP), users.get(), config));
        for (var application : applications) {
            health.addReadiness(application.name(), application::isRunning);
            health.addLiveness(application.name(), application::isAlive);
            Gauge.builder("millrace.router.application.running", application, a -> a.isRunning() ? 1 : 0)
                    .description("1 while the application takes records")
                    .tag("application", application.name())
                    .register(metrics);
            application.bindTo(metrics);
            application.start();
        }
    }

    @Override
    public boolean isLive() {
        return health.isLive();
    }

    @Override
    public void close() {
        applications.forEach(StreamsApplication::close);
        admin.close();
        gc.close();
        Metrics.removeRegistry(metrics);
    }

    private Epoch checkedEpoch(LogNames names) throws InterruptedException, IOException {
        try (var client = Admin.create(config.kafka().client())) {
            var epoch = StartGuards.checkedEpoch(config.kafka(), client);
            var shadow = names.shadow();
            if (shadow.isPresent()) {
                new ShadowStart(config, shadow.get(), Clock.systemUTC()).ensureBegun(epoch);
            }
            var guards = new StartGuards(config.kafka(), client, names);
            guards.checkChangelogs();
            guards.checkPlaces();
            return epoch;
        }
    }
}
