package io.millrace.guarantees.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;

/** {@code NAME.json}: a result for programs. */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    static void write(Result result, LoadOptions options, Instant began) throws IOException {
        var all = new LinkedHashMap<String, Object>();
        all.put("scenario", result.scenario());
        all.put("kept", result.isKept());
        all.put("began", began.toString());
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("stepSeconds", options.step().toSeconds());
        all.put("figures", result.figures());
        all.put("promises", result.promises());
        JSON.writeValue(file(result, options).toFile(), all);
    }

    static Path file(Result result, LoadOptions options) {
        return options.out().resolve(result.scenario() + ".json");
    }
}
