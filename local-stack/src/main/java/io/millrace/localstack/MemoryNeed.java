package io.millrace.localstack;

import io.millrace.localstack.StackOptions.Tier;

/** Physical memory that a stack takes when it has settled, as measured, per part. */
final class MemoryNeed {
    private static final int EDGE_MIB = 200;

    private MemoryNeed() {}

    /** Bytes. */
    static long of(StackOptions options) {
        long mib = 0;
        for (var tier : options.tiers()) {
            mib += tier == Tier.EDGE ? (long) EDGE_MIB * options.edges() : mib(tier);
        }
        return mib << 20;
    }

    private static int mib(Tier tier) {
        return switch (tier) {
            case KAFKA -> 180;
            case REGISTRY -> 160;
            case CASSANDRA -> 450;
            case ROUTER -> 350;
            case TIMELINE -> 220;
            case EDGE -> EDGE_MIB;
        };
    }
}
