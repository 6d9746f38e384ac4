package io.millrace.router.conversation;

import java.time.Duration;

/**
 * What may be decided otherwise from one installation to another.
 *
 * @param maxMembers largest group
 * @param dedupWindow how long the first decision of a key is remembered
 * @param editWindow how long after its posting a message may be edited
 * @param recallWindow how long its author may recall it; owner and admins of a group may at any time
 * @param receiptMembers largest group whose members are told of each other's receipts
 * @param typingMembers largest group whose members are told who is typing
 * @param presenceMembers largest group whose members are told who is there
 */
public record ConversationSettings(
        int maxMembers,
        Duration dedupWindow,
        Duration editWindow,
        Duration recallWindow,
        int receiptMembers,
        int typingMembers,
        int presenceMembers) {

    /** With everything else as it is by default. */
    public static ConversationSettings of(int maxMembers, Duration dedupWindow) {
        return new ConversationSettings(
                maxMembers, dedupWindow, Duration.ofHours(24), Duration.ofHours(24), 50, 50, 200);
    }
}
