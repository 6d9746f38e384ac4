package io.millrace.example.analytics;

import io.millrace.example.analytics.record.Minute;
import org.apache.avro.util.ClassSecurityValidator;

/** Tells Avro to trust the records of this application: it loads no class for a schema that it was not told of. */
final class OwnRecords {
    static {
        var ours = Minute.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(ours)));
    }

    private OwnRecords() {}

    /** Once per process, however often it is called. */
    static void declare() {
        // the work is done when the class is loaded
    }
}
