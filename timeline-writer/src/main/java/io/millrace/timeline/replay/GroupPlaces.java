package io.millrace.timeline.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** Where consumer groups of any kind go on in topics, and whether somebody is in them. */
final class GroupPlaces {
    private final Admin admin;

    GroupPlaces(Admin admin) {
        this.admin = admin;
    }

    /** By group, what is committed in these topics; groups without anything there are left out. */
    Map<String, Map<TopicPartition, Long>> in(Set<String> topics) throws InterruptedException, ExecutionException {
        var places = new TreeMap<String, Map<TopicPartition, Long>>();
        for (var group : groups()) {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null && topics.contains(partition.topic())) {
                            offsets.put(partition, offset.offset());
                        }
                    });
            if (!offsets.isEmpty()) {
                places.put(group, offsets);
            }
        }
        return places;
    }

    /** Nobody may be in the group. What was beside its offsets is gone then. */
    void put(String group, Map<TopicPartition, Long> places) throws InterruptedException, ExecutionException {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        places.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }

    /**
     * Waits for members that were killed to be missed.
     *
     * @throws ReplayException if somebody is still in a group that reads one of these topics then
     */
    void requireNobody(Set<String> topics, Duration missedWithin) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + missedWithin.toNanos();
        var inhabited = inhabited(topics);
        while (!inhabited.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new ReplayException("somebody reads these topics: " + inhabited
                        + ". Stop edges, then router, timeline services, webhooks and taps");
            }
            TimeUnit.MILLISECONDS.sleep(500);
            inhabited = inhabited(topics);
        }
    }

    private Collection<String> inhabited(Set<String> topics) throws InterruptedException, ExecutionException {
        var inhabited = new TreeSet<String>();
        for (var group : admin.describeConsumerGroups(groups()).all().get().values()) {
            // what a group reads is not known while its members share it out
            boolean unsettled = !group.members().isEmpty() && group.groupState() != GroupState.STABLE;
            boolean reads = group.members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .anyMatch(partition -> topics.contains(partition.topic()));
            if (unsettled || reads) {
                inhabited.add("group " + group.groupId());
            }
        }
        return inhabited;
    }

    private List<String> groups() throws InterruptedException, ExecutionException {
        var groups = new ArrayList<String>();
        for (GroupListing group :
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
            if (!group.groupId().equals(TopicCopy.GROUP)) {
                groups.add(group.groupId());
            }
        }
        return groups;
    }
}
