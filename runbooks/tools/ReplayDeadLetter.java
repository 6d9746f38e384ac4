import io.millrace.schemas.record.DeadLetter;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.ClientFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Writes one dead letter's record to its source topic again, byte for byte: BOOTSTRAP REGISTRY DLQ PARTITION OFFSET. */
final class ReplayDeadLetter {
    public static void main(String[] args) throws Exception {
        if (args.length != 5) {
            System.err.println("usage: ReplayDeadLetter BOOTSTRAP REGISTRY commands.dlq|user-commands.dlq PARTITION OFFSET");
            System.exit(2);
        }
        var partition = new TopicPartition(args[2], Integer.parseInt(args[3]));
        long offset = Long.parseLong(args[4]);
        var reading = ClientFile.settings(args[0], System.getenv("CLIENT_PROPERTIES"));
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "enable.auto.commit", "false",
                "max.poll.records", "1", "auto.offset.reset", "none"));
        try (var deserializer = RecordSerdes.at(args[1], reading).deserializer(DeadLetter.class);
                var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), deserializer)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            var found = consumer.poll(Duration.ofSeconds(10)).records(partition);
            if (found.isEmpty() || found.get(0).offset() != offset) {
                System.err.println("no dead letter at " + partition + " offset " + offset);
                System.exit(1);
            }
            replay(args[0], found.get(0).value());
        }
    }

    private static void replay(String bootstrap, DeadLetter letter) throws Exception {
        var writing = ClientFile.settings(bootstrap, System.getenv("CLIENT_PROPERTIES"));
        writing.put("acks", "all");
        try (var producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(
                    letter.getTopic(), letter.getPartition(), bytes(letter.getKey()), bytes(letter.getValue()));
            System.out.println("written to " + producer.send(record).get());
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
