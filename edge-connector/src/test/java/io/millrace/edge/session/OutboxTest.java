package io.millrace.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.protocol.EntryFrames.Entry;
import io.millrace.schemas.record.DeliveryTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final RecordingSocket socket = new RecordingSocket();
    private final List<Long> sent = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Outbox outbox = new Outbox(socket, 1000, new Outbox.Listener() {
        @Override
        public void onEntriesSent(List<Entry> entries) {
            entries.forEach(e -> sent.add(e.position()));
        }

        @Override
        public void onSendFailed() {
            failures.add("failed");
        }
    });

    @Test
    void shouldSendOneFrameAtATimeAndEntriesThatWaitTogether() {
        // Given
        socket.hold = true;
        outbox.offer(bytes("{\"a\":1}"));
        outbox.offer(entry(1));
        outbox.offer(entry(2));
        outbox.offer(bytes("{\"b\":2}"));

        // When
        socket.reportAll(true);

        // Then
        assertThat(socket.frames)
                .containsExactly(
                        "{\"a\":1}",
                        "{\"type\":\"entries\",\"entries\":[ {" + own(1) + "\"x\":1},{" + own(2) + "\"x\":1}]}",
                        "{\"b\":2}");
        assertThat(sent).containsExactly(1L, 2L);
    }

    @Test
    void shouldRefuseWhenTheBytesThatWaitExceedTheBound() {
        // Given
        socket.hold = true;
        assertThat(outbox.offer(new byte[600])).isTrue();

        // Then
        assertThat(outbox.offer(new byte[600])).isFalse();
        socket.reportAll(true);
        assertThat(outbox.offer(new byte[600])).isTrue();
    }

    @Test
    void shouldLeaveOutWhatMayBeLeftOutWhenMoreThanHalfWaits() {
        // Given
        socket.hold = true;
        assertThat(outbox.offerUnlessBusy(new byte[500])).isTrue();
        assertThat(outbox.offerUnlessBusy(new byte[100])).isTrue();

        // Then: entries are taken on
        assertThat(outbox.offerUnlessBusy(new byte[1])).isFalse();
        assertThat(outbox.offer(entry(1))).isTrue();
        socket.reportAll(true);
        assertThat(outbox.offerUnlessBusy(new byte[1001])).isFalse();
        assertThat(outbox.offerUnlessBusy(new byte[1])).isTrue();
    }

    @Test
    void shouldCountAFrameOnceWhenItIsReportedTwice() {
        // Given
        socket.hold = true;
        outbox.offer(new byte[600]);
        var report = socket.waiting.get(0);

        // When: as Undertow does after a close
        report.onSent(false);
        report.onSent(true);

        // Then
        assertThat(failures).containsExactly("failed");
        assertThat(outbox.offer(new byte[999])).isTrue();
    }

    @Test
    void shouldCloseAfterWhatWaitsWhenFinished() {
        // Given
        socket.hold = true;
        outbox.offer(bytes("1"));
        outbox.offer(bytes("2"));

        // When
        outbox.finish(1001, "bye");
        outbox.offer(bytes("3"));
        assertThat(socket.closes).isEmpty();
        socket.reportAll(true);

        // Then
        assertThat(socket.frames).containsExactly("1", "2");
        assertThat(socket.closes).containsExactly(1001);
    }

    @Test
    void shouldNotGrowTheStackWhenFramesAreReportedAtOnce() {
        // Given: everything waits behind one frame
        var many = new Outbox(socket, 10_000_000, new Outbox.Listener() {
            @Override
            public void onEntriesSent(List<Entry> entries) {}

            @Override
            public void onSendFailed() {}
        });
        socket.hold = true;
        for (int i = 0; i < 50_000; i++) {
            many.offer(bytes("x"));
        }

        // When
        socket.hold = false;
        socket.reportAll(true);

        // Then
        assertThat(socket.frames).hasSize(50_000);
    }

    private static Entry entry(long position) {
        return new Entry(target(position), bytes("\"x\":1}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static DeliveryTarget target(long position) {
        return new DeliveryTarget("alice", "s-1", position, 2L, 1L, 7L, false, false);
    }

    private static String own(long position) {
        return "\"position\":" + position + ",\"unread\":2,\"unreadMentions\":1,\"totalUnread\":7,";
    }
}
