package io.millrace.timeline.consume;

import io.millrace.schemas.record.Receipt;
import io.millrace.timeline.cassandra.ReceiptWrites;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes batches of receipts. One that cannot be decoded is passed over: the next one of its user covers it. */
final class ReceiptBatchWriter implements BatchWriter {
    private final ReceiptWrites writes;
    private final Decoder<Receipt> decoder;
    private final WriterMetrics metrics;

    ReceiptBatchWriter(ReceiptWrites writes, Decoder<Receipt> decoder, WriterMetrics metrics) {
        this.writes = writes;
        this.decoder = decoder;
        this.metrics = metrics;
    }

    @Override
    public void write(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var receipts = Patience.until(() -> decode(records));
        writes.apply(receipts);
    }

    private List<Receipt> decode(List<ConsumerRecord<String, byte[]>> records) {
        var receipts = new ArrayList<Receipt>();
        for (var record : records) {
            var receipt = decoder.decode(record);
            if (receipt == null) {
                metrics.unreadable(record.topic(), 1);
            } else {
                receipts.add(receipt);
            }
        }
        return receipts;
    }
}
