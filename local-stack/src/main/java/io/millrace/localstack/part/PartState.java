package io.millrace.localstack.part;

/**
 * The life of a part.
 *
 * <pre>
 * STOPPED ──▶ STARTING ──▶ READY ──▶ STOPPING ──▶ STOPPED
 *                 └──▶ FAILED ◀──┘ (its JVM ended by itself)
 * </pre>
 */
public enum PartState {
    /** No JVM. */
    STOPPED,
    /** Its JVM is being started. */
    STARTING,
    /** It can be used. */
    READY,
    /** Its JVM has been asked to end. */
    STOPPING,
    /** It did not get ready, or its JVM ended without being asked. */
    FAILED
}
