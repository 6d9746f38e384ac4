import io.millrace.schemas.record.Revocation;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.topic.ClientFile;
import io.millrace.schemas.topic.TopicCatalogue;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Revokes tokens, or lifts it: BOOTSTRAP REGISTRY user:ID|token:JTI REASON, and "lift" as the reason takes it back. */
final class Revoke {
    public static void main(String[] args) throws Exception {
        if (args.length != 4 || !args[2].matches("(user|token):.+")) {
            System.err.println("usage: Revoke BOOTSTRAP REGISTRY user:ID|token:JTI REASON|lift");
            System.exit(2);
        }
        // A token says in whole seconds when it was issued; those of this second are revoked too.
        var value = args[3].equals("lift") ? null : new Revocation(Instant.now(), args[3]);
        var settings = ClientFile.settings(args[0], System.getenv("CLIENT_PROPERTIES"));
        settings.put("acks", "all");
        try (var serializer = RecordSerdes.at(args[1], settings).serializer(Revocation.class);
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            var written = producer.send(new ProducerRecord<>(TopicCatalogue.REVOCATIONS.name(), args[2], value)).get();
            System.out.println((value == null ? "lifted " : "revoked ") + args[2] + " at offset " + written.offset());
        }
    }
}
