package io.millrace.localstack;

import io.millrace.localstack.broker.KafkaBroker;
import io.millrace.localstack.cassandra.CassandraNode;
import io.millrace.localstack.part.PartSpec;
import java.util.List;

/** What the JVMs of the servers are started for; those of the services are always made to last. */
public enum Pace {
    /** To be there soon and small: a simple compiler, a small heap. */
    FOR_START,
    /** To work for long: both compilers, a heap that does not have to be collected all the time. */
    FOR_SPEED;

    private static final String BOTH_COMPILERS = "-XX:TieredStopAtLevel=4";

    /** The part as this pace wants it. */
    PartSpec apply(PartSpec part) {
        if (this == FOR_START) {
            return part;
        }
        // The last of several equal options counts.
        if (part.name().startsWith(KafkaBroker.NAME)) {
            return part.withCommand(part.command().withOptions(List.of(BOTH_COMPILERS, "-Xms256m", "-Xmx512m")));
        }
        if (part.name().equals(CassandraNode.NAME)) {
            return part.withCommand(part.command().withOptions(List.of(BOTH_COMPILERS, "-Xmx1g", "-Xmn256m")));
        }
        return part;
    }
}
