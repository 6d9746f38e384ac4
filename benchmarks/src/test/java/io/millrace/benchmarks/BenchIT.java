package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.micro.MicroMain;
import io.millrace.benchmarks.report.Figure;
import io.millrace.benchmarks.report.Section;
import io.millrace.benchmarks.stage.TestBed;
import io.millrace.localstack.Pace;
import io.millrace.localstack.Ports;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every scenario in small on one stack: that everything is counted and told. {@code ./millrace bench} tells times. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BenchIT {
    private static final Path HERE = Path.of("target", "bench").toAbsolutePath();
    private static final Ports PORTS = Ports.free();

    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = TestBed.start(options(), new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    private static BenchOptions options() {
        return new BenchOptions(
                20,
                false,
                Duration.ofSeconds(3),
                Duration.ZERO,
                1,
                1,
                20,
                100,
                Duration.ofMillis(500),
                50,
                List.of(5),
                20,
                100,
                1,
                Duration.ofMillis(20),
                Pace.FOR_START,
                HERE.resolve("report"),
                HERE.resolve("stack"),
                PORTS,
                Map.of(),
                Map.of());
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"group", "step", "soak"})
    void shouldCountEveryMessageWhenPeopleTalk(String scenario) throws Exception {
        // When
        var runs = scenario(scenario).runs(bed);

        // Then
        assertThat(runs).singleElement().satisfies(run -> {
            assertTalk(run);
            assertThat(run.latencies())
                    .extracting(latency -> latency.name())
                    .contains("accepted", "posted", "delivered");
        });
    }

    @Order(2)
    @Test
    void shouldTellMemoryOfASessionWhenSessionsAreIdle() throws Exception {
        // When
        var idle = scenario("idle");
        var runs = idle.runs(bed);
        var baseline = idle.baseline(bed, runs);

        // Then
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.value("still open")).isEqualTo(50);
            assertThat(run.value(Idle.HEAP)).isFinite();
            assertThat(run.value("resident memory of a session")).isFinite();
        });
        assertThat(baseline.sections()).hasSize(1);
    }

    /** The last on the stack: its baselines end the services. */
    @Order(4)
    @Test
    void shouldTellEverythingOfDirectChatWhenItIsMeasured() throws Exception {
        // When
        var direct = scenario("direct");
        var runs = direct.runs(bed);
        var baseline = direct.baseline(bed, runs);

        // Then
        assertThat(runs).singleElement().satisfies(run -> {
            assertTalk(run);
            assertThat(run.latencies())
                    .extracting(latency -> latency.name())
                    .containsExactly("accepted", "posted", "delivered", "pullable");
            assertThat(run.value("Kafka records")).isPositive();
            assertThat(run.value("Cassandra rows")).isPositive();
            assertThat(run.cpu())
                    .extracting(use -> use.process())
                    .contains("kafka", "cassandra", "router", "timeline", "edge-1", "generator");
        });
        assertThat(baseline.sections()).hasSize(4).allSatisfy(each -> assertThat(each.figures())
                .as(each.name())
                .filteredOn(figure -> figure.unit().endsWith("/s"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.value()).isPositive()));
        assertThat(baseline.ratios())
                .hasSizeGreaterThan(10)
                .allSatisfy(ratio -> assertThat(ratio.ratio()).isPositive().isFinite());
    }

    @Order(3)
    @Test
    void shouldHoldTheRebuildAgainstTheDriverAndKafkaWhenTheStoreIsWrittenAgain() throws Exception {
        // When
        var replay = scenario("replay");
        var runs = replay.runs(bed);
        var baseline = replay.baseline(bed, runs);

        // Then
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(List.of(Replay.ROWS, Replay.RAW_ROWS, Replay.READ, Replay.FOLLOWED, Replay.TOOL_READ))
                    .allSatisfy(figure -> assertThat(run.value(figure)).isPositive());
            assertThat(BesideRebuild.STRETCHES).hasSize(3).allSatisfy(stretch -> {
                assertThat(run.value("sent, " + stretch)).isPositive();
                assertThat(run.value("delivered, " + stretch)).isEqualTo(run.value("sent, " + stretch));
                assertThat(run.latencies())
                        .extracting(latency -> latency.name())
                        .contains("accepted, " + stretch, "delivered, " + stretch, "pullable, " + stretch);
            });
        });
        assertThat(baseline.ratios())
                .hasSize(7)
                .allSatisfy(ratio -> assertThat(ratio.ratio()).isPositive().isFinite());
    }

    @Order(3)
    @Test
    void shouldReadEveryEntryWhenDevicesComeBack() throws Exception {
        // When
        var runs = scenario("roam").runs(bed);

        // Then
        assertThat(runs).singleElement().satisfies(run -> assertThat(run.figures())
                .filteredOn(figure -> figure.unit().endsWith("/s"))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.value()).isPositive()));
    }

    @Order(5)
    @Test
    void shouldMeasureEveryFunctionWhenAsked() {
        // When
        var section = MicroMain.run(Duration.ofMillis(200), 0, false);

        // Then
        assertThat(section.figures())
                .extracting(Figure::name)
                .contains("Frame: readFrame", "Record: writeCommand", "Decision: decideSend");
    }

    /** Needs ejabberd and PostgreSQL: those of this machine, else Debian's, installed if we may. */
    @Order(6)
    @Test
    void shouldMeasureAnotherServerUnderTheSameTalkWhenAsked() throws Exception {
        // Given
        var options = bed.options();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        // When
        var theirs = Peer.measure(options, out);

        // Then
        assertThat(theirs).singleElement().satisfies(run -> {
            assertTalk(run);
            assertThat(run.latencies())
                    .extracting(latency -> latency.name())
                    .containsExactly("accepted", "posted", "delivered");
            assertThat(run.cpu()).extracting(use -> use.process()).contains("ejabberd", "postgres", "generator");
        });
        assertThat(Peer.ratios(theirs, theirs)).hasSize(5).allSatisfy(ratio -> assertThat(ratio.ratio())
                .isEqualTo(1));
    }

    private static Scenario scenario(String name) {
        return Main.scenarios().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertTalk(Section run) {
        assertThat(run.value("sent")).as(run.name()).isPositive();
        assertThat(run.value("posted")).as(run.name()).isEqualTo(run.value("sent"));
        assertThat(run.value("everything answered and delivered"))
                .as(run.name())
                .isEqualTo(1);
        assertThat(run.value("accepted and never decided")).as(run.name()).isZero();
    }
}
