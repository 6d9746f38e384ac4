package io.millrace.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.InMemoryRegistry;
import io.millrace.router.conversation.ConversationStores;
import io.millrace.router.user.UserStores;
import io.millrace.schemas.serde.RecordSerdes;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageStoreTest {
    private static final Section<String, Long> BEFORE = Section.ofNumbers("before", 'a');
    private static final Section<String, Long> TESTED = Section.ofNumbers("tested", 'b');
    private static final Section<byte[], byte[]> AFTER = Section.ofBytes("after", 'c');

    private final StageStore stage = new StageStore("app", RecordSerdes.on(new InMemoryRegistry()));
    private final TopologyTestDriver driver = driver();
    private final SectionStore<String, Long> before = open(BEFORE);
    private final SectionStore<String, Long> tested = open(TESTED);
    private final SectionStore<byte[], byte[]> after = open(AFTER);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldSeeAndChangeNothingOfOtherSectionsWhenKeysAreTheSame() {
        // Given
        before.put("key", 1L);
        before.put("\uffff", 1L);
        after.put(new byte[] {0}, new byte[0]);
        tested.put("key", 2L);
        tested.put("other", 3L);

        // When
        tested.delete("other");

        // Then
        assertThat(tested.get("key")).isEqualTo(2L);
        assertThat(tested.get("\uffff")).isNull();
        assertThat(before.get("key")).isEqualTo(1L);
        assertThat(all(tested.all())).containsExactly(KeyValue.pair("key", 2L));
        assertThat(all(before.all())).extracting(each -> each.key).containsExactly("key", "\uffff");
    }

    @Test
    void shouldGiveARangeInOrderWithBothEnds() {
        // Given
        List.of("d", "b", "a", "c", "ab").forEach(key -> tested.put(key, 1L));

        // When
        var range = all(tested.range("ab", "c"));

        // Then
        assertThat(range).extracting(each -> each.key).containsExactly("ab", "b", "c");
    }

    @Test
    void shouldLogEveryChangeToOneChangelogUnderTheTagOfItsSection() {
        // Given
        var changelog = driver.createOutputTopic(
                "app-state-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());

        // When
        tested.put("key", 7L);
        after.put(new byte[] {9}, new byte[] {8});
        driver.advanceWallClockTime(Duration.ofMillis(1));

        // Then
        var records = changelog.readKeyValuesToList();
        assertThat(records)
                .extracting(each -> each.key)
                .containsExactly(new byte[] {'b', 'k', 'e', 'y'}, new byte[] {'c', 9});
        assertThat(records.get(0).value).isEqualTo(stage.value(new ChangelogRecord<>(TESTED, "key", 7L)));
        assertThat(records.get(0).key).isEqualTo(stage.key(new ChangelogRecord<>(TESTED, "key", 7L)));
    }

    @ParameterizedTest
    @ValueSource(classes = {ConversationStores.class, UserStores.class})
    void shouldTellTheSectionsOfAStageApart(Class<?> stores) {
        // Given
        var sections = Stream.of(stores.getDeclaredFields())
                .filter(field -> field.getType() == Section.class)
                .map(StageStoreTest::section)
                .toList();

        // When
        var tags = sections.stream().map(Section::tag).toList();

        // Then
        assertThat(tags).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(sections).extracting(Section::name).doesNotHaveDuplicates();
    }

    private static Section<?, ?> section(Field field) {
        try {
            field.setAccessible(true);
            return (Section<?, ?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static <K, V> List<KeyValue<K, V>> all(KeyValueIterator<K, V> iterator) {
        var all = new ArrayList<KeyValue<K, V>>();
        try (iterator) {
            iterator.forEachRemaining(all::add);
        }
        return all;
    }

    private <K, V> SectionStore<K, V> open(Section<K, V> section) {
        return stage.open(driver.getKeyValueStore(StageStore.NAME), section);
    }

    private TopologyTestDriver driver() {
        var topology = new Topology()
                .addSource("read", new StringDeserializer(), new StringDeserializer(), "input")
                .addProcessor("keep", Nowhere::new, "read")
                .addStateStore(stage.builder(), "keep");
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return new TopologyTestDriver(topology, settings);
    }
}
