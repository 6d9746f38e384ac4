package io.millrace.guarantees.views;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.timeline.ConversationSummary;
import io.millrace.client.timeline.EntryReader;
import io.millrace.guarantees.check.Box;
import io.millrace.guarantees.check.FreshDevice;
import io.millrace.guarantees.history.Line.Delivered;
import io.millrace.guarantees.workload.Entries;
import io.millrace.guarantees.workload.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A device that has nothing yet and pulls all there is over HTTP, without a client library. */
public final class NewDevice {
    private static final int ATTEMPTS = 20;
    private static final long AGAIN_MS = 500;

    private final String user;
    private final Http http;

    public NewDevice(HttpClient client, URI origin, String user) {
        this.user = user;
        this.http = new Http(client, origin, user);
    }

    /** @throws IOException if the server does not answer, however often it is asked */
    public FreshDevice pull() throws IOException, InterruptedException {
        var entries = new ArrayList<Delivered>();
        @Nullable String epoch = null;
        long after = 0;
        long head = 0;
        boolean more = true;
        for (int idle = 0; more && idle < ATTEMPTS; ) {
            var page = get(
                    "/v1/timeline?limit=200&after=" + after + (epoch == null ? "" : "&epoch=" + Http.encode(epoch)));
            epoch = page.path("epoch").asText();
            head = page.path("head").asLong();
            more = page.path("more").asBoolean();
            long next = page.path("next").asLong();
            for (var entry : EntryReader.readAll(page)) {
                entries.add(Entries.delivered(user, "fresh", entry, 0));
            }
            if (next == after && more) {
                idle++;
                TimeUnit.MILLISECONDS.sleep(AGAIN_MS); // the store is behind
            }
            after = next;
        }
        return withList(head, entries);
    }

    private FreshDevice withList(long head, List<Delivered> entries) throws IOException, InterruptedException {
        var boxes = new ArrayList<Box>();
        long total = 0;
        @Nullable String cursor = "";
        while (cursor != null) {
            var page = get("/v1/conversations?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + Http.encode(cursor)));
            if (cursor.isEmpty()) {
                total = page.path("totalUnread").asLong();
            }
            for (JsonNode node : page.path("conversations")) {
                var line = ConversationSummary.read(node);
                boxes.add(new Box(user, line.conversation(), line.lastSeq(), line.readSeq(), line.unread()));
            }
            cursor = page.hasNonNull("cursor") ? page.get("cursor").asText() : null;
        }
        return new FreshDevice(user, head, entries, boxes, total);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        IOException last = new IOException("not asked");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                var answer = http.call("GET", path, null);
                if (answer.status() == 200) {
                    return answer.body();
                }
                last = new IOException("a new device of " + user + " is answered " + answer.status() + " "
                        + answer.body().path("code").asText());
            } catch (IOException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        }
        throw last;
    }
}
