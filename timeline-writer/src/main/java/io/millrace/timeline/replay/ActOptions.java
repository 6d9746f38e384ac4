package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.OperatorAct;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who does something, and why, for the audit. */
class ActOptions {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it, for the audit (${DEFAULT-VALUE}).")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    boolean hasReason() {
        return reason != null && !reason.isBlank();
    }

    /** Empty where none was given. */
    String reason() {
        return reason == null ? "" : reason;
    }

    OperatorAct act(ActKind kind, String subject, String detail) {
        return new OperatorAct(kind, subject, by, Clock.systemUTC().instant(), reason, detail);
    }
}
