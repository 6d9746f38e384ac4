package io.millrace.edge.protocol;

import io.millrace.schemas.id.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as a frame, and as the body of every call: an ask, or a refusal whose frame is strict JSON. What is taken can
 * be handed on: it has a fingerprint, and its body is strict JSON too.
 */
public final class FrameFuzz {
    private static final UserId ALICE = new UserId("alice");
    private static final String GROUP = "g:1";
    private static final int MAX_BODY = 512;

    private static final AskLimits LIMITS = new AskLimits(MAX_BODY, 3, 4);
    private static final Fingerprints FINGERPRINTS = new Fingerprints("fingerprints for tests");
    private static final AskReader ASKS = new AskReader(LIMITS);
    private static final GroupAskReader GROUPS = new GroupAskReader(LIMITS, new JoinLinks(FINGERPRINTS));

    /** As a call over HTTP has it: without a type. */
    private static final List<Reading> CALLS = List.of(
            json -> GROUPS.createGroup(json, ALICE),
            json -> GROUPS.addMembers(json, GROUP),
            json -> GROUPS.setGroup(json, GROUP),
            json -> GROUPS.link(json, GROUP, ALICE),
            json -> GROUPS.join(json, GROUP),
            json -> GROUPS.setRole(json, GROUP, "bob"),
            json -> GROUPS.mute(json, GROUP));

    private FrameFuzz() {}

    private interface Reading {
        Ask read(JsonDocument json) throws RefusedException;
    }

    public static void fuzzerTestOneInput(byte[] utf8) throws RefusedException {
        var result = FrameReader.read(utf8);
        var frame = result.frame();
        if (frame != null) {
            answered(() -> take(frame));
        } else {
            answer(result.ref(), result.refused());
        }
        JsonDocument json;
        try {
            json = StrictJson.read(utf8);
        } catch (RefusedException e) {
            return;
        }
        answered(json::as);
        for (var call : CALLS) {
            answered(() -> handedOn(call.read(json)));
        }
    }

    private static void take(ClientFrame frame) throws RefusedException {
        var json = frame.json();
        switch (frame.type()) {
            case HELLO -> FrameReader.hello(frame);
            case AUTH -> FrameReader.token(frame);
            case ACK -> FrameReader.ack(frame);
            case PING -> StrictJson.read(ServerFrames.pong(frame.ref()));
            case TYPING, PRESENCE -> ASKS.signalled(json);
            case SEND -> {
                var send = ASKS.send(json, ALICE);
                whole(send.body());
                handedOn(send);
            }
            case EDIT -> {
                var edit = ASKS.edit(json);
                whole(edit.body());
                handedOn(edit);
            }
            case RECALL -> handedOn(ASKS.recall(json));
            case REACT -> handedOn(ASKS.react(json));
            case READ -> handedOn(ASKS.read(json));
            case SETTINGS -> handedOn(ASKS.settings(json));
            case DELETE -> handedOn(ASKS.delete(json));
            case BLOCK, UNBLOCK -> handedOn(ASKS.block(json, ALICE, frame.type() == ClientFrame.Type.BLOCK));
            case UNSCHEDULE -> handedOn(ASKS.unschedule(json));
        }
    }

    private static void handedOn(Ask ask) throws RefusedException {
        FINGERPRINTS.of(ask);
        StrictJson.read(ServerFrames.accepted(null, ask.key().value()));
    }

    /** Goes byte for byte into the frames of everybody in the conversation. */
    private static void whole(Ask.Body body) throws RefusedException {
        var view = body.utf8();
        var utf8 = new byte[view.remaining()];
        view.get(utf8);
        if (utf8.length > MAX_BODY) {
            throw new AssertionError("a body of " + utf8.length + " bytes was taken");
        }
        if (body.kind().isBlank()) {
            throw new AssertionError("a body without a kind was taken");
        }
        var shown = ("{\"body\":" + new String(utf8, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
        try {
            if (!Arrays.equals(StrictJson.read(shown).body(), utf8)) {
                throw new AssertionError("a body is another one after it was passed on");
            }
        } catch (RefusedException e) {
            throw new AssertionError("a body was taken that is no strict JSON", e);
        }
    }

    private interface Asking {
        void run() throws RefusedException;
    }

    private static void answered(Asking asking) throws RefusedException {
        try {
            asking.run();
        } catch (RefusedException e) {
            answer(null, e);
        }
    }

    /** The refusal is itself strict JSON, and short whatever the input was. */
    private static void answer(Long ref, RefusedException refused) throws RefusedException {
        var answer = ServerFrames.error(ref, refused.code(), refused.sentence(), null);
        StrictJson.read(answer);
        if (answer.length > 300) {
            throw new AssertionError("an answer of " + answer.length + " bytes repeats what was sent");
        }
    }
}
