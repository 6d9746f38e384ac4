package io.millrace.timeline.pull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Writes JSON into memory. Not thread-safe. */
final class JsonPage {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Something that writes itself. */
    interface Part {
        void write(JsonGenerator out) throws IOException;
    }

    private JsonPage() {}

    static ByteBuffer buffer(Part part) {
        return ByteBuffer.wrap(bytes(part));
    }

    static byte[] bytes(Part part) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = FACTORY.createGenerator(bytes)) {
            part.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written into memory", e);
        }
        return bytes.toByteArray();
    }
}
