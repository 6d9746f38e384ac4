import io.millrace.schemas.topic.ClientFile;
import io.millrace.schemas.topic.PartitionCounts;
import io.millrace.schemas.topic.TopicProvisioner;
import org.apache.kafka.common.KafkaException;

/**
 * Makes what is missing of topics, schemas, start offsets and epoch, and ends; run again it changes nothing. Partition
 * counts are fixed once the topics exist. The file holds what a secured cluster asks of a client.
 */
final class ProvisionTopics {
    private ProvisionTopics() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 6 && args.length != 7) {
            System.err.println("usage: topics BOOTSTRAP REGISTRY CONVERSATION-PARTITIONS USER-PARTITIONS LANES REPLICAS"
                    + " [CLIENT-PROPERTIES-FILE]");
            System.exit(2);
        }
        var counts =
                new PartitionCounts(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        var client = ClientFile.settings(args[0], args.length == 7 ? args[6] : null);
        try {
            var created = new TopicProvisioner(client, args[1], counts, Short.parseShort(args[5])).provision();
            System.out.println(created.isEmpty() ? "every topic is there" : "created " + created);
        } catch (KafkaException e) {
            System.err.println("topics: " + e.getMessage());
            System.exit(1);
        }
    }
}
