package io.millrace.localstack;

import io.millrace.localstack.StackOptions.Tier;

/** Physical memory that a stack takes when it has settled, as measured, per part. */
final class MemoryNeed {
    private MemoryNeed() {}

    /** Bytes. */
    static long of(StackOptions options) {
        long mib = 0;
        for (var tier : options.tiers()) {
            mib += (long) mib(tier) * many(tier, options);
        }
        return mib << 20;
    }

    private static int many(Tier tier, StackOptions options) {
        return switch (tier) {
            case KAFKA -> options.brokers();
            case EDGE -> options.edges();
            case ROUTER -> options.routers();
            case WEBHOOKS -> options.webhooks().isPresent() ? 1 : 0;
            default -> 1;
        };
    }

    private static int mib(Tier tier) {
        return switch (tier) {
            case KAFKA -> 180;
            case REGISTRY -> 160;
            case CASSANDRA -> 450;
            case ROUTER -> 350;
            case TIMELINE -> 220;
            case EDGE -> 200;
            case WEBHOOKS -> 150;
        };
    }
}
