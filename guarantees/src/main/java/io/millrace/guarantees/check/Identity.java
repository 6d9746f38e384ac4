package io.millrace.guarantees.check;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Rejection;

/** One command, however often it was sent: the key is unique per user and conversation. */
record Identity(String user, String conversation, String key) {
    static Identity of(ConversationEvent event) {
        return new Identity(event.getFrom(), event.getConversation(), event.getClientMessageId());
    }

    static Identity of(Rejection rejection) {
        return new Identity(rejection.getUser(), rejection.getConversation(), rejection.getClientMessageId());
    }

    @Override
    public String toString() {
        return "key " + key + " of " + user + " in " + conversation;
    }
}
