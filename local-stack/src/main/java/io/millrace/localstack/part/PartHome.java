package io.millrace.localstack.part;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What all parts of a stack share.
 *
 * @param logs directory of their logs
 * @param archives directory of start-up archives, shared by all stacks
 * @param writesArchives whether a missing start-up archive is made; the first stop then takes longer
 * @param startPatience how long a part may take to be ready
 */
public record PartHome(Path logs, Path archives, boolean writesArchives, Duration startPatience) {}
