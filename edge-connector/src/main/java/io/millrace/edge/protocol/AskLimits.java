package io.millrace.edge.protocol;

/**
 * Bounds of one ask.
 *
 * @param maxBodyBytes of the JSON text of a body
 * @param maxMentions users mentioned in a message
 * @param maxUsers users named in a group call
 */
public record AskLimits(int maxBodyBytes, int maxMentions, int maxUsers) {}
