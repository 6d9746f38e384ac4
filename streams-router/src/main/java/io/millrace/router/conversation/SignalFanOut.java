package io.millrace.router.conversation;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.Receipt;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.SignalKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Makes signals for the sessions of listeners: one record per partition of users. */
final class SignalFanOut {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    private final InboxFanOut users;

    SignalFanOut(InboxFanOut users) {
        this.users = users;
    }

    List<Signal> typing(List<String> listeners, String conversation, String user, long nowMs) {
        var signals = new ArrayList<Signal>();
        users.byPartition(listeners)
                .forEach((partition, members) -> signals.add(new Signal(
                        partition,
                        members,
                        SignalKind.TYPING,
                        conversation,
                        user,
                        0L,
                        0L,
                        Instant.ofEpochMilli(nowMs),
                        null,
                        false,
                        null,
                        NO_BODY,
                        null)));
        return signals;
    }

    /** The partitions of the members answer the session that asks. */
    List<Signal> presence(List<String> members, Command command, long nowMs) {
        var signals = new ArrayList<Signal>();
        users.byPartition(members)
                .forEach((partition, some) -> signals.add(new Signal(
                        partition,
                        some,
                        SignalKind.ASK_PRESENCE,
                        command.getConversation(),
                        command.getUser(),
                        0L,
                        0L,
                        Instant.ofEpochMilli(nowMs),
                        command.getOrigin(),
                        false,
                        null,
                        NO_BODY,
                        null)));
        return signals;
    }

    /** A message that nobody keeps. */
    List<Signal> message(List<String> listeners, Command command, long nowMs) {
        var signals = new ArrayList<Signal>();
        users.byPartition(listeners)
                .forEach((partition, some) -> signals.add(new Signal(
                        partition,
                        some,
                        SignalKind.TRANSIENT,
                        command.getConversation(),
                        command.getUser(),
                        0L,
                        0L,
                        Instant.ofEpochMilli(nowMs),
                        null,
                        false,
                        null,
                        command.getBody(),
                        command.getBodyKey())));
        return signals;
    }

    List<Signal> receipt(List<String> listeners, Receipt receipt) {
        var signals = new ArrayList<Signal>();
        users.byPartition(listeners)
                .forEach((partition, members) -> signals.add(new Signal(
                        partition,
                        members,
                        SignalKind.RECEIPT,
                        receipt.getConversation(),
                        receipt.getUser(),
                        receipt.getDelivered(),
                        receipt.getRead(),
                        receipt.getAt(),
                        null,
                        false,
                        null,
                        NO_BODY,
                        null)));
        return signals;
    }

    static StreamPartitioner<String, Signal> partitioner() {
        return (topic, key, value, count) -> Optional.of(Set.of(value.getPartition()));
    }
}
