package io.millrace.timeline.pull;

import io.millrace.timeline.conversation.WaitingMessage;
import java.util.Comparator;

/** {@code GET /v1/conversations/{id}/scheduled}: the asking user's messages that wait for their time, the next first. */
final class ScheduledEndpoint implements Endpoint {
    private final ReadableMessages messages;
    private final ConversationAccess access;

    ScheduledEndpoint(ReadableMessages messages, ConversationAccess access) {
        this.messages = messages;
        this.access = access;
    }

    @Override
    public Answer answer(PullRequest request, boolean lastTry) {
        var access = this.access.of(request, lastTry);
        if (access.isEmpty()) {
            return new Answer.NotYet();
        }
        var granted = access.get();
        var visibility = granted.visibility();
        var waiting = messages.waiting(granted.conversation(), request.user()).values().stream()
                .filter(message -> visibility.member() && visibility.sees(message.version()))
                .sorted(Comparator.comparingLong(WaitingMessage::sendAtMs).thenComparing(WaitingMessage::version))
                .toList();
        return new Answer.Page(JsonPage.buffer(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("scheduled");
            for (var message : waiting) {
                out.writeStartObject();
                out.writeNumberField("version", message.version());
                out.writeNumberField("at", message.atMs());
                EventJson.waiting(out, message);
                out.writeStringField("clientMessageId", message.clientMessageId());
                out.writeEndObject();
            }
            out.writeEndArray();
            if (granted.behind()) {
                out.writeNumberField("retryAfterMs", PageJson.RETRY_AFTER_MS);
            }
            out.writeEndObject();
        }));
    }
}
