package io.millrace.service.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Named checks; a service is ready while all of them hold. Checks are cheap and never block. Thread-safe. */
public final class Health {
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
        return live.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    public boolean isReady() {
        return isLive() && ready.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    /** Every check and how it stands, by name. */
    public Map<String, Boolean> checks() {
        var all = new TreeMap<String, Boolean>();
        live.forEach((name, check) -> all.put(name, check.getAsBoolean()));
        ready.forEach((name, check) -> all.put(name, check.getAsBoolean()));
        return all;
    }
}
