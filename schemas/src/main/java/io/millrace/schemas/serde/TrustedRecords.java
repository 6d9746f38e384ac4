package io.millrace.schemas.serde;

import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.state.TimelineState;
import java.util.Set;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that a schema may name the generated records. Avro loads no class that it was not told to trust, because
 * the schema of a record comes from outside; ours are the only ones that are added.
 */
final class TrustedRecords {
    private static final Set<String> PACKAGES =
            Set.of(Epoch.class.getPackageName(), TimelineState.class.getPackageName());

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
    }

    private TrustedRecords() {}

    /** Once per process, however often it is called. */
    static void declare() {
        // the work is done when the class is loaded
    }
}
