package io.millrace.timeline.pull;

/**
 * A request whose token was good.
 *
 * @param user who asks: subject of the token, or for whom the token may speak
 * @param conversation segment of the path after {@code /v1/conversations}; empty where the path has none
 */
record PullRequest(String user, String conversation, Parameters parameters) {}
