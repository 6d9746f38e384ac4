package io.millrace.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A value that must not be shown: {@code toString} is redacted. {@code file:/path} reads it from a file. */
public record Secret(String value) {
    @JsonCreator
    public static Secret of(String given) {
        if (!given.startsWith("file:")) {
            return new Secret(given);
        }
        var path = Path.of(given.substring("file:".length()));
        try {
            return new Secret(Files.readString(path, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new ConfigException("the secret file " + path + " cannot be read", e);
        }
    }

    /** The value as UTF-8, for keys. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
