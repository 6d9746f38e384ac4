package io.millrace.guarantees.load;

import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much load.
 *
 * @param step how long each stretch of load lasts
 * @param idleSessions how many sessions do nothing
 * @param busySessions how many send
 * @param ceiling messages a second that the machine bears, 0 to look for it first
 * @param out where results are written
 * @param data of the stack; emptied first
 */
public record LoadOptions(
        Duration step, int idleSessions, int busySessions, int ceiling, Path out, Path data, Ports ports) {}
