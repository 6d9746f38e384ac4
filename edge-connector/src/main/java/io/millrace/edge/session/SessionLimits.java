package io.millrace.edge.session;

import io.millrace.edge.protocol.WelcomeLimits;
import java.time.Duration;

/**
 * What a session may do and how long things may take. Everything has a default; zero and absent choose it.
 *
 * @param sessionsPerUser one more replaces the user's oldest; default 16
 * @param sendsPerSecond commands per session; default 50, with bursts of twice that
 * @param sendsPerSecondPerUser commands per user on this edge, HTTP included; default 100
 * @param sendsPerSecondPerEdge commands of everybody; default 20000
 * @param framesPerSecond frames of any kind per session; default 200, with bursts of five times that
 * @param maxFrameBytes largest frame; default 65536
 * @param maxHelloBytes largest frame before the session is open; default 8192
 * @param maxBodyBytes largest body of a message, as JSON text; default 12288
 * @param outboundBytes bytes that may wait for a session; default 1 MiB
 * @param helloWithin from a connection's opening to its hello; default 10 s
 * @param welcomeWithin from hello to welcome; default 10 s
 * @param messageWithin from a frame's first byte to its last; default 10 s
 * @param heartbeat how often a client is to send something; default 30 s; silence of twice that closes
 * @param ackWithin an entry not acknowledged for that long is sent once more, then the session is closed; default 30 s
 * @param sendWithin a frame that does not leave in that time closes the session; default 15 s
 * @param closeWithin a peer that does not answer a close frame in that time is cut off; default 3 s
 * @param tokenGrace how long a session outlives its token; default 30 s
 * @param cursorEvery between two records of how far a device has stored; default 5 s
 */
public record SessionLimits(
        int sessionsPerUser,
        int sendsPerSecond,
        int sendsPerSecondPerUser,
        int sendsPerSecondPerEdge,
        int framesPerSecond,
        int maxFrameBytes,
        int maxHelloBytes,
        int maxBodyBytes,
        int outboundBytes,
        Duration helloWithin,
        Duration welcomeWithin,
        Duration messageWithin,
        Duration heartbeat,
        Duration ackWithin,
        Duration sendWithin,
        Duration closeWithin,
        Duration tokenGrace,
        Duration cursorEvery) {
    public SessionLimits {
        sessionsPerUser = or(sessionsPerUser, 16);
        sendsPerSecond = or(sendsPerSecond, 50);
        sendsPerSecondPerUser = or(sendsPerSecondPerUser, 100);
        sendsPerSecondPerEdge = or(sendsPerSecondPerEdge, 20_000);
        framesPerSecond = or(framesPerSecond, 200);
        maxFrameBytes = or(maxFrameBytes, 65_536);
        maxHelloBytes = or(maxHelloBytes, 8192);
        maxBodyBytes = or(maxBodyBytes, 12_288);
        outboundBytes = or(outboundBytes, 1 << 20);
        helloWithin = or(helloWithin, 10);
        welcomeWithin = or(welcomeWithin, 10);
        messageWithin = or(messageWithin, 10);
        heartbeat = or(heartbeat, 30);
        ackWithin = or(ackWithin, 30);
        sendWithin = or(sendWithin, 15);
        closeWithin = or(closeWithin, 3);
        tokenGrace = or(tokenGrace, 30);
        cursorEvery = or(cursorEvery, 5);
        if (maxBodyBytes > maxFrameBytes) {
            throw new IllegalArgumentException("sessions.maxBodyBytes is at most sessions.maxFrameBytes");
        }
    }

    /** All defaults. */
    public static SessionLimits defaults() {
        var none = Duration.ZERO;
        return new SessionLimits(0, 0, 0, 0, 0, 0, 0, 0, 0, none, none, none, none, none, none, none, none, none);
    }

    WelcomeLimits told() {
        return new WelcomeLimits(
                (int) heartbeat.toSeconds(), maxFrameBytes, maxBodyBytes, sendsPerSecond, sessionsPerUser);
    }

    private static int or(int given, int otherwise) {
        return given <= 0 ? otherwise : given;
    }

    private static Duration or(Duration given, int otherwiseSeconds) {
        return given == null || given.isZero() ? Duration.ofSeconds(otherwiseSeconds) : given;
    }
}
