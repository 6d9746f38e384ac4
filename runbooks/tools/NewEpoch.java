import io.millrace.schemas.record.Epoch;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.ClientFile;
import io.millrace.schemas.topic.EpochRecord;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Names the numbering anew, for the cluster it runs against and with the partition counts it had: BOOTSTRAP REGISTRY. */
final class NewEpoch {
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: NewEpoch BOOTSTRAP REGISTRY");
            System.exit(2);
        }
        var client = ClientFile.settings(args[0], System.getenv("CLIENT_PROPERTIES"));
        client.put("acks", "all");
        var serdes = RecordSerdes.at(args[1], client);
        var before = EpochRecord.read(client, serdes.deserializer(Epoch.class)).orElseThrow();
        try (var admin = Admin.create(client);
                var producer = new KafkaProducer<>(client, new StringSerializer(), serdes.serializer(Epoch.class))) {
            var epoch = new Epoch(
                    "e-" + UUID.randomUUID().toString().substring(0, 8),
                    admin.describeCluster().clusterId().get(),
                    before.getConversationPartitions(),
                    before.getUserPartitions(),
                    before.getLanes(),
                    Instant.now());
            producer.send(new ProducerRecord<>(TopicCatalogue.EPOCHS.name(), "current", epoch)).get();
            System.out.println("was " + before + "\nis  " + epoch);
        }
    }
}
