package io.millrace.edge.http;

import java.time.Duration;

/**
 * Where the pull API is.
 *
 * @param url base URL of the timeline service; default that of the local stack
 * @param answerWithin how long the timeline service may take for an answer; default 10 s
 * @param maxRequests pulls that may be under way at once; default 256
 */
public record TimelineSettings(String url, Duration answerWithin, int maxRequests) {
    public TimelineSettings {
        url = url == null ? "http://127.0.0.1:27282" : url;
        answerWithin = answerWithin == null ? Duration.ofSeconds(10) : answerWithin;
        maxRequests = maxRequests <= 0 ? 256 : maxRequests;
    }
}
