package io.millrace.timeline.replay;

import io.millrace.schemas.id.InvalidIdException;
import io.millrace.schemas.id.UserId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whom a command is about, and why: both must be said. */
final class OneUser extends ActOptions {
    @Option(names = "--user", paramLabel = "ID", required = true, description = "Whom.")
    private String user = "";

    /** @throws ParameterException if it is no user, or the reason is missing */
    String user(CommandSpec spec) {
        if (!hasReason()) {
            throw new ParameterException(spec.commandLine(), "say why: --reason TEXT");
        }
        try {
            return new UserId(user).value();
        } catch (InvalidIdException e) {
            throw new ParameterException(spec.commandLine(), "--user: " + e.getMessage());
        }
    }
}
