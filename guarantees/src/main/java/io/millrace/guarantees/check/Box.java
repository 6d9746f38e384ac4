package io.millrace.guarantees.check;

/** One line of a user's list of conversations. */
public record Box(String user, String conversation, long lastSeq, long readSeq, long unread) {}
