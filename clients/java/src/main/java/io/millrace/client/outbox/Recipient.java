package io.millrace.client.outbox;

/** Whom a message is for. */
public sealed interface Recipient {
    /** The direct conversation with a user. */
    static Recipient user(String user) {
        return new User(user);
    }

    /** A conversation by its id: {@code d:…}, {@code g:…} or {@code r:…}. */
    static Recipient conversation(String conversation) {
        return new Conversation(conversation);
    }

    /** Id of the conversation as the server resolves it for this sender. */
    String resolvedFor(String sender);

    record User(String user) implements Recipient {
        @Override
        public String resolvedFor(String sender) {
            return sender.compareTo(user) <= 0 ? "d:" + sender + ":" + user : "d:" + user + ":" + sender;
        }
    }

    record Conversation(String conversation) implements Recipient {
        @Override
        public String resolvedFor(String sender) {
            return conversation;
        }
    }
}
