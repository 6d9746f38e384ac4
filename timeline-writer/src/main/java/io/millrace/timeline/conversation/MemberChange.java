package io.millrace.timeline.conversation;

/**
 * A user's membership changed.
 *
 * @param version version of the event
 * @param joined true: a member from this version on, or with another role; false: a member through it
 * @param role role from this version on; empty when it left
 * @param lastSeq last message at that version
 */
public record MemberChange(String user, long version, boolean joined, String role, long lastSeq) {}
