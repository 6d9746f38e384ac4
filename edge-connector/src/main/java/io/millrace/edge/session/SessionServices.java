package io.millrace.edge.session;

import io.millrace.edge.auth.Authenticator;
import io.millrace.edge.inbound.CommandGate;
import io.millrace.edge.inbound.SessionLog;
import io.millrace.edge.lane.CurrentLife;
import io.millrace.edge.protocol.AskReader;
import io.millrace.edge.protocol.GroupAskReader;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What every session of an edge shares.
 *
 * @param nanos a monotonic clock, {@link System#nanoTime} outside tests
 * @param clock the wall clock, for the expiry of tokens and for {@code now} in a welcome
 */
public record SessionServices(
        SessionLimits limits,
        Authenticator authenticator,
        CommandGate gate,
        SessionLog log,
        CurrentLife current,
        AskReader asks,
        GroupAskReader groups,
        SharedRates rates,
        SessionMetrics metrics,
        LongSupplier nanos,
        Clock clock) {}
