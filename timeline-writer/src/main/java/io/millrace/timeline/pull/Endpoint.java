package io.millrace.timeline.pull;

/** Answers one kind of request; called on a worker thread, may wait for the store. Thread-safe. */
interface Endpoint {
    /**
     * Answers, or asks to be called again.
     *
     * @param lastTry no more waiting: answer with what is there
     * @throws ProblemException if the request is answered with a problem
     * @throws io.millrace.timeline.cassandra.StoreUnavailableException if the store does not answer
     */
    Answer answer(PullRequest request, boolean lastTry);
}
