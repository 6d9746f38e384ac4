import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicProvisioner;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/**
 * Makes what is missing of topics, schemas, start offsets and epoch, and ends; run again it changes nothing. Partition
 * counts are fixed once the topics exist.
 */
final class ProvisionTopics {
    private ProvisionTopics() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 6) {
            System.err.println("usage: topics BOOTSTRAP REGISTRY CONVERSATION-PARTITIONS USER-PARTITIONS LANES REPLICAS");
            System.exit(2);
        }
        var counts =
                new PartitionCounts(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        var client = Map.<String, Object>of("bootstrap.servers", args[0]);
        try {
            var created = new TopicProvisioner(client, args[1], counts, Short.parseShort(args[5])).provision();
            System.out.println(created.isEmpty() ? "every topic is there" : "created " + created);
        } catch (KafkaException e) {
            System.err.println("topics: " + e.getMessage());
            System.exit(1);
        }
    }
}
