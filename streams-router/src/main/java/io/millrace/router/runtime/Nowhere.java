package io.millrace.router.runtime;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes the place of a sink in a shadow, for what must not leave it. */
final class Nowhere implements Processor<Object, Object, Void, Void> {
    @Override
    public void process(Record<Object, Object> record) {
        // dropped: nobody waits for what a shadow would tell
    }
}
