package io.millrace.edge.protocol;

/** What {@code welcome} tells a client about the edge; the units stand in the names. */
public record WelcomeLimits(
        int heartbeatSeconds, int maxFrameBytes, int maxBodyBytes, int sendsPerSecond, int sessions) {}
