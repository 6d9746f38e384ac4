package io.millrace.localstack.endtoend;

import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A router beside that of a stack, started as a shadow. */
final class ShadowRouter implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final ServiceBeside service;

    /** @param maxGroupMembers the rule that may differ from the live one */
    ShadowRouter(LocalStack stack, String name, int maxGroupMembers, Path directory) throws IOException {
        int admin = ServiceBeside.freePort();
        var environment = Map.of(
                "MILLRACE_ROUTER_SHADOW_NAME", name,
                "MILLRACE_ROUTER_SHADOW_SINCE", "3s",
                "MILLRACE_ROUTER_MAX_GROUP_MEMBERS", Integer.toString(maxGroupMembers),
                "MILLRACE_ROUTER_ADMIN_PORT", Integer.toString(admin),
                "MILLRACE_ROUTER_STATE_DIR", directory.resolve(name).toString());
        service = new ServiceBeside(
                stack,
                "streams-router",
                "io.millrace.router.RouterMain",
                "router/router.yaml",
                admin,
                environment,
                directory.resolve("shadow-" + name + ".log"));
    }

    ShadowRouter awaitReady() {
        await("shadow").atMost(READY_WITHIN).until(service::isReady);
        return this;
    }

    @Override
    public void close() throws InterruptedException {
        service.close();
    }
}
