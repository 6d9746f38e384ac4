package io.millrace.service.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Named checks; a service is ready while all of them hold. Checks are cheap and never block. Thread-safe. */
public final class Health {
    private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);

    private final Map<String, BooleanSupplier> live = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> ready = new ConcurrentHashMap<>();

    /** Without this the process is to be restarted. */
    public void addLiveness(String name, BooleanSupplier check) {
        live.put(name, check);
    }

    /** Without this the service is to get no traffic for now. */
    public void addReadiness(String name, BooleanSupplier check) {
        ready.put(name, check);
    }

    public boolean isLive() {
        return !liveness().containsValue(false);
    }

    public boolean isReady() {
        return !checks().containsValue(false);
    }

    /** Every check and how it stands, by name: the service is ready if none is false. */
    public Map<String, Boolean> checks() {
        var all = liveness();
        ready.forEach((name, check) -> all.put(name, holds(name, check)));
        return all;
    }

    /** The checks without which the process is to be restarted, by name. */
    public Map<String, Boolean> liveness() {
        var all = new TreeMap<String, Boolean>();
        live.forEach((name, check) -> all.put(name, holds(name, check)));
        return all;
    }

    /** A check that fails to answer does not hold: the reader of the probe learns which one it was. */
    private static boolean holds(String name, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("check", name).setCause(e).log("health check failed to answer");
            return false;
        }
    }
}
