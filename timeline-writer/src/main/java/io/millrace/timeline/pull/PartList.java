package io.millrace.timeline.pull;

import java.util.ArrayList;
import java.util.List;

/** The elements of a page, already JSON, as many as fit. A page always takes its first element. Not thread-safe. */
final class PartList {
    /** Bound of a page by the protocol, less its envelope. */
    static final int MAX_BYTES = (1 << 20) - 1024;

    private final List<byte[]> parts = new ArrayList<>();
    private int size;

    /** Whether it was taken; if not, the page is full. */
    boolean add(byte[] part) {
        if (!parts.isEmpty() && size + part.length + 1 > MAX_BYTES) {
            return false;
        }
        parts.add(part);
        size += part.length + 1;
        return true;
    }

    int count() {
        return parts.size();
    }

    List<byte[]> parts() {
        return parts;
    }
}
