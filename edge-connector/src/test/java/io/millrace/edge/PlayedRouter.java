package io.millrace.edge;

import io.millrace.edge.lane.DeliverySink;
import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.DeliveryKind;
import io.millrace.schemas.record.DeliveryTarget;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.Hash128;
import io.millrace.schemas.record.Signal;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.record.Welcome;
import io.millrace.schemas.serde.AvroSerializer;
import io.millrace.schemas.serde.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Stands in for Kafka and the router: a producer that acknowledges at once, and one thread that welcomes sessions and
 * posts what is sent to everybody there. Enough to hold the edge against; the real router is held against elsewhere.
 */
public final class PlayedRouter extends MockProducer<String, SpecificRecord> {
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);

    private final ExecutorService lane = Executors.newSingleThreadExecutor();
    private final List<DeliveryTarget> registered = new ArrayList<>();
    private final Map<String, Long> heads = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private volatile DeliverySink sink = delivery -> {};
    /** Everything that was written, in order. */
    public final List<SpecificRecord> written = new CopyOnWriteArrayList<>();
    /** Off: commands are acknowledged and never decided. */
    public volatile boolean deciding = true;
    /** Off: sessions are never welcomed. */
    public volatile boolean welcoming = true;

    PlayedRouter() {
        super(true, null, new StringSerializer(), new AvroSerializer<>(new OneSchema()));
    }

    /** Records are really encoded; only ids of schemas are made up. */
    private static final class OneSchema implements SchemaRegistry {
        @Override
        public int idOf(String subject, Schema schema) {
            return 1;
        }

        @Override
        public Schema byId(int id) {
            throw new UnsupportedOperationException("nothing is read here");
        }
    }

    /** The commands to conversations that were written, in order. */
    public List<Command> commands() {
        return written.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .toList();
    }

    void deliverTo(DeliverySink to) {
        sink = to;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, SpecificRecord> record, Callback callback) {
        var sent = super.send(record, callback);
        written.add(record.value());
        lane.execute(() -> play(record.value()));
        return sent;
    }

    /** Runs on the lane, in order with everything else. */
    public void onLane(Runnable task) {
        lane.execute(task);
    }

    public void deliver(Delivery delivery) {
        lane.execute(() -> sink.onDelivery(delivery));
    }

    private void play(SpecificRecord record) {
        if (record instanceof UserCommand command) {
            if (command.getType() == UserCommandType.SESSION_OPEN && welcoming) {
                welcome(command);
            } else if (command.getType() == UserCommandType.SESSION_CLOSE) {
                registered.removeIf(
                        t -> t.getSession().equals(command.getOrigin().getSession()));
            } else if (command.getClientMessageId() != null && deciding) {
                decide(command);
            }
        } else if (record instanceof Command command
                && command.getOrigin() != null
                && command.getType() != CommandType.ASK_PRESENCE
                && deciding) {
            decide(command);
        }
    }

    /** What concerns one user alone takes no version; asked for again with the same key it changes nothing. */
    private void decide(UserCommand command) {
        boolean again = !asked.add(command.getUser() + " " + command.getClientMessageId());
        sink.onDelivery(Delivery.newBuilder()
                .setEdge(command.getOrigin().getEdge())
                .setKind(DeliveryKind.DECISION)
                .setDecision(new Decision(
                        command.getOrigin().getSession(),
                        command.getOrigin().getCommand(),
                        command.getClientMessageId(),
                        command.getConversation(),
                        DecisionCode.POSTED,
                        null,
                        null,
                        null,
                        null,
                        NOW,
                        false,
                        again,
                        false,
                        0))
                .build());
    }

    /** What is told to every session of these users, and numbered nowhere. */
    public void signal(Signal signal, String... users) {
        lane.execute(() -> sink.onDelivery(Delivery.newBuilder()
                .setEdge("edge")
                .setKind(DeliveryKind.SIGNAL)
                .setTargets(registered.stream()
                        .filter(target -> List.of(users).contains(target.getUser()))
                        .toList())
                .setSignal(signal)
                .build()));
    }

    private void welcome(UserCommand command) {
        var session = command.getOrigin().getSession();
        registered.add(new DeliveryTarget(command.getUser(), session, 0L, 0L, 0L, 0L, false, false));
        sink.onDelivery(Delivery.newBuilder()
                .setEdge(command.getOrigin().getEdge())
                .setKind(DeliveryKind.WELCOME)
                .setWelcome(new Welcome(
                        session,
                        command.getUser(),
                        command.getDevice(),
                        "e1",
                        heads.getOrDefault(command.getUser(), 0L)))
                .build());
    }

    private void decide(Command command) {
        long seq = seqs.merge(command.getConversation(), 1L, Long::sum);
        boolean send = command.getType() == CommandType.SEND;
        boolean waits = send && command.getSendAt() != null;
        boolean message = send && !waits;
        sink.onDelivery(Delivery.newBuilder()
                .setEdge(command.getOrigin().getEdge())
                .setKind(DeliveryKind.DECISION)
                .setDecision(new Decision(
                        command.getOrigin().getSession(),
                        command.getOrigin().getCommand(),
                        command.getClientMessageId(),
                        command.getConversation(),
                        DecisionCode.POSTED,
                        null,
                        message ? seq : null,
                        seq,
                        message ? "01J" : null,
                        NOW,
                        false,
                        false,
                        waits,
                        send && !waits ? 2 : 0))
                .build());
        if (send) {
            entry(command, seq, NOW, waits);
        }
    }

    /** A message for everybody who is there; one that waits for its author alone. */
    private void entry(Command command, long seq, Instant now, boolean waits) {
        var targets = new ArrayList<DeliveryTarget>();
        var users = new ArrayList<String>();
        for (var one : registered) {
            if (waits && !one.getUser().equals(command.getUser())) {
                continue;
            }
            if (!users.contains(one.getUser())) {
                users.add(one.getUser());
                heads.merge(one.getUser(), 1L, Long::sum);
            }
            targets.add(new DeliveryTarget(
                    one.getUser(), one.getSession(), heads.get(one.getUser()), 1L, 0L, 1L, false, false));
        }
        sink.onDelivery(Delivery.newBuilder()
                .setEdge(command.getOrigin().getEdge())
                .setKind(DeliveryKind.ENTRY)
                .setTargets(targets)
                .setEvent(ConversationEvent.newBuilder()
                        .setConversation(command.getConversation())
                        .setVersion(seq)
                        .setSeq(waits ? null : seq)
                        .setLastSeq(seq)
                        .setStamp(1)
                        .setAt(now)
                        .setHash(new Hash128(new byte[16]))
                        .setKind(waits ? EventKind.SCHEDULED : EventKind.MESSAGE)
                        .setFrom(command.getUser())
                        .setDevice(command.getDevice())
                        .setClientMessageId(command.getClientMessageId())
                        .setFingerprint(command.getFingerprint())
                        .setMessageId(waits ? null : "01J")
                        .setBody(command.getBody())
                        .setReplyTo(command.getReplyTo())
                        .setMentions(command.getMentions())
                        .setMentionAll(command.getMentionAll())
                        .setExpiresAt(command.getExpiresAt())
                        .setSendAt(command.getSendAt())
                        .build())
                .build());
    }

    @Override
    public void close() {
        lane.shutdownNow();
        super.close(Duration.ZERO);
    }
}
