package io.millrace.service.lifecycle;

/** A process that is started once and closed once. {@code close} is bounded in time and may be called at any moment. */
public interface Service extends AutoCloseable {
    /** Returns when the service works, or throws. */
    void start() throws Exception;

    /** Whether it can still do its work; a process whose service cannot for some seconds ends, to be started again. Cheap. */
    boolean isLive();

    @Override
    void close() throws Exception;
}
