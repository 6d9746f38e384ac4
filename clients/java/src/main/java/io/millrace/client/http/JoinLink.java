package io.millrace.client.http;

/**
 * A link that opens a group.
 *
 * @param secret whoever has it may join
 * @param id what it is revoked by
 * @param untilMs epoch milliseconds
 */
public record JoinLink(String secret, String id, long untilMs) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "JoinLink[id=" + id + ", untilMs=" + untilMs + "]";
    }
}
