package io.millrace.timeline.replay;

import io.millrace.schemas.hash.ChainHash;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.record.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What came of one command, said so that two routers which number otherwise say the same of it.
 *
 * @param asked which command: the conversation, who asked and its key; of a dead letter where the command stands
 * @param conversation id; empty where none is known
 * @param decision posted and its kind, rejected and its code, or what it lies in the dead letters for
 * @param content hash of everything else that the event says but its numbers; empty where there is no event
 * @param version of the event; 0 where there is none
 */
record Outcome(String asked, String conversation, String decision, String content, long version) {
    private static final int SHOWN_BYTES = 8;

    static Outcome of(ConversationEvent event) {
        // A message that waited has the key of its command twice: when it was scheduled and when it was due.
        var due = event.getTargetVersion() == null ? "" : " (was waiting)";
        return new Outcome(
                asked(event.getConversation(), event.getFrom(), event.getClientMessageId()) + due,
                event.getConversation(),
                "posted " + event.getKind(),
                content(event),
                event.getVersion());
    }

    static Outcome of(Rejection rejection) {
        return new Outcome(
                asked(rejection.getConversation(), rejection.getUser(), rejection.getClientMessageId()),
                rejection.getConversation(),
                rejection.getUnchanged() ? "posted, without an event" : "rejected " + rejection.getCode(),
                "",
                0);
    }

    static Outcome of(DeadLetter letter) {
        return new Outcome(
                "command=" + letter.getTopic() + ":" + letter.getPartition() + ":" + letter.getOffset(),
                "",
                "dead letter " + letter.getCause(),
                "",
                0);
    }

    boolean hasEvent() {
        return version > 0;
    }

    /** For people; of what somebody wrote only a hash. */
    String text() {
        return hasEvent() ? decision + ", version " + version + ", content " + content : decision;
    }

    private static String asked(String conversation, String user, String key) {
        return "conversation=" + conversation + " user=" + user + " key=" + key;
    }

    private static String content(ConversationEvent event) {
        var numberless = ConversationEvent.newBuilder(event)
                .setVersion(0)
                .setSeq(event.getSeq() == null ? null : 0L)
                .setLastSeq(0)
                .setStamp(0)
                .setHash(ChainHash.NONE)
                .setMessageId(null)
                .setTargetVersion(null)
                .build();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(numberless.toByteBuffer());
            return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("an event that was read can be written", e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
