package io.millrace.timeline.cassandra;

import com.datastax.driver.core.PreparedStatement;
import io.millrace.schemas.record.Receipt;
import java.util.Collection;

/** Writes receipts. A number of 0 says nothing and leaves what is stored; where stamps are equal the greater one stays. */
public final class ReceiptWrites {
    private final WriteTarget writes;
    private final PreparedStatement receipt;

    ReceiptWrites(Preparing connection, WriteTarget writes) {
        this.writes = writes;
        receipt = connection.prepare("INSERT INTO $.receipts_by_conversation (conversation, user, delivered, read)"
                + " VALUES (:conversation, :user, :delivered, :read) USING TIMESTAMP :stamp");
    }

    /** Returns when all are written. */
    public void apply(Collection<Receipt> receipts) throws InterruptedException {
        writes.all(receipts.stream().map(this::bind).toList());
    }

    private PartitionedStatement bind(Receipt r) {
        return new PartitionedStatement(
                "receipts " + r.getConversation(),
                Binder.of(receipt)
                        .text("conversation", r.getConversation())
                        .text("user", r.getUser())
                        .number("delivered", r.getDelivered() == 0 ? null : r.getDelivered())
                        .number("read", r.getRead() == 0 ? null : r.getRead())
                        .number("stamp", r.getStamp())
                        .bound());
    }
}
