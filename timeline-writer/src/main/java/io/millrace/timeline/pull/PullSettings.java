package io.millrace.timeline.pull;

import io.millrace.service.config.ConfigException;

/**
 * The pull API. Not reloadable.
 *
 * @param host address to listen on; default 127.0.0.1
 * @param port port to listen on; default 27282
 * @param workers requests that are worked on at once; default 16
 * @param queue requests that wait for a worker before further ones are refused; default 512
 * @param waiting requests that may wait for {@code atLeast} at once; default 2000
 */
public record PullSettings(String host, int port, int workers, int queue, int waiting) {
    /** For a service that says nothing about it. */
    public static PullSettings defaults() {
        return new PullSettings("127.0.0.1", 0, 0, 0, 0);
    }

    public PullSettings {
        host = host == null ? "127.0.0.1" : host;
        port = port == 0 ? 27282 : port;
        workers = workers == 0 ? 16 : workers;
        queue = queue == 0 ? 512 : queue;
        waiting = waiting == 0 ? 2000 : waiting;
        if (workers < 1 || queue < 1 || waiting < 1) {
            throw new ConfigException("api: workers, queue and waiting are at least 1");
        }
    }
}
