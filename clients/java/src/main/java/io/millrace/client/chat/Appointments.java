package io.millrace.client.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.MillraceClient;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Carries out what has to do with time: sends now or later, for ever or for a while. Confined to the thread that reads. */
final class Appointments {
    private final MillraceClient client;
    private final Screen screen;
    private final Answers answers;

    /** How long messages are shown, by conversation; chosen for as long as the program runs. */
    private final Map<String, Duration> spans = new HashMap<>();

    Appointments(MillraceClient client, Screen screen, Answers answers) {
        this.client = client;
        this.screen = screen;
        this.answers = answers;
    }

    /** False if the input is none of these. */
    boolean carryOut(Input input, String here) {
        if (input instanceof Input.Say say) {
            send(here, say.text(), Duration.ZERO);
        } else if (input instanceof Input.Later later) {
            send(here, later.text(), later.time());
        } else if (input instanceof Input.Waiting) {
            list(here);
        } else if (input instanceof Input.Unschedule unschedule) {
            answers.report(client.unschedule(here, unschedule.version()));
        } else if (input instanceof Input.Expire expire) {
            expire(here, expire.time());
        } else {
            return false;
        }
        return true;
    }

    private void send(String here, String text, Duration wait) {
        SendOptions options = options(System.currentTimeMillis(), wait, spans.getOrDefault(here, Duration.ZERO));
        JsonNode body = MillraceClient.textBody(text);
        answers.report(client.send(Recipient.conversation(here), body, options));
    }

    /**
     * @param wait from now until it is posted; zero for at once
     * @param span how long it is shown once it is posted; zero for ever
     */
    static SendOptions options(long nowMs, Duration wait, Duration span) {
        long postedAtMs = nowMs + wait.toMillis();
        SendOptions options = wait.isZero() ? SendOptions.NONE : SendOptions.NONE.sentAt(postedAtMs);
        return span.isZero() ? options : options.expiringAt(postedAtMs + span.toMillis());
    }

    private void expire(String here, Duration span) {
        if (span.isZero()) {
            spans.remove(here);
            screen.aside("what you write here stays");
        } else {
            spans.put(here, span);
            screen.aside("what you write here is not shown any more after "
                    + span.toString().substring(2).toLowerCase(Locale.ROOT));
        }
    }

    private void list(String here) {
        answers.show(client.scheduled(here), waiting -> {
            waiting.forEach(message -> screen.line(String.format(
                    Locale.ROOT,
                    "  %5d %s %s%s",
                    message.version(),
                    Lines.when(message.sendAtMs()),
                    Lines.text(message.body()),
                    Lines.until(message.expiresAtMs()))));
            if (waiting.isEmpty()) {
                screen.aside("nothing waits here");
            }
        });
    }
}
