package io.millrace.guarantees.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What load has to know of a frame of the server, read in one pass. */
final class ServerFrame {
    static final long NONE = -1;

    private static final JsonFactory JSON = new JsonFactory();

    String type = "";
    long ref = NONE;
    long head = NONE;
    String code = "";
    long retryAfterMs = NONE;
    long reconnectAfterMs = NONE;
    int heartbeatSeconds;
    boolean duplicate;

    private ServerFrame() {}

    /** Sees each entry of {@code entry} and {@code entries}. */
    interface Entries {
        /** @param text of the message's body, empty if it is none or has none */
        void onEntry(long position, String from, String text);
    }

    static ServerFrame read(byte[] bytes, int offset, int length, Entries entries) {
        var frame = new ServerFrame();
        try (var json = JSON.createParser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a frame of the server is no object");
            }
            frame.readFields(json, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("a frame of the server is no JSON", e);
        }
        return frame;
    }

    private void readFields(JsonParser json, Entries entries) throws IOException {
        var entry = new Entry();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            var value = json.nextToken();
            switch (name) {
                case "type" -> type = json.getText();
                case "ref" -> ref = json.getLongValue();
                case "head" -> head = json.getLongValue();
                case "code" -> code = json.getText();
                case "retryAfterMs" -> retryAfterMs = json.getLongValue();
                case "reconnectAfterMs" -> reconnectAfterMs = json.getLongValue();
                case "heartbeatSeconds" -> heartbeatSeconds = json.getIntValue();
                case "duplicate" -> duplicate = value == JsonToken.VALUE_TRUE;
                case "position" -> entry.position = json.getLongValue();
                case "event" -> entry.readEvent(json);
                case "entries" -> readEntries(json, entries);
                default -> json.skipChildren();
            }
        }
        if (type.equals("entry")) {
            entries.onEntry(entry.position, entry.from, entry.text);
        }
    }

    private static void readEntries(JsonParser json, Entries entries) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            var entry = new Entry();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "position" -> entry.position = json.getLongValue();
                    case "event" -> entry.readEvent(json);
                    default -> json.skipChildren();
                }
            }
            entries.onEntry(entry.position, entry.from, entry.text);
        }
    }

    private static final class Entry {
        long position = NONE;
        String from = "";
        String text = "";

        void readEvent(JsonParser json) throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var value = json.nextToken();
                if (name.equals("from")) {
                    from = json.getText();
                } else if (name.equals("body") && value == JsonToken.START_OBJECT) {
                    readBody(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void readBody(JsonParser json) throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("text")) {
                    text = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
