package io.millrace.timeline.replay;

import io.millrace.schemas.topic.TopicCatalogue;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Which partition a record has in a topic with other partitions: the one in which its writer will put the next of its key. */
final class Placement {
    private Placement() {}

    /**
     * @param topic as the catalogue names it
     * @param key null where the record has none: who wrote it chose a partition
     * @param partition that the record is in
     * @param partitions that there are where it goes
     */
    static int of(String topic, byte @Nullable [] key, int partition, int partitions) {
        return key == null ? partition % partitions : Utils.toPositive(Utils.murmur2(owner(topic, key))) % partitions;
    }

    /** What of the key chooses: of a receipt's, the conversation before the space. */
    private static byte[] owner(String topic, byte[] key) {
        if (topic.equals(TopicCatalogue.RECEIPTS.name())) {
            for (int i = 0; i < key.length; i++) {
                if (key[i] == ' ') {
                    return Arrays.copyOf(key, i);
                }
            }
        }
        return key;
    }
}
