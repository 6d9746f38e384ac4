package io.millrace.localstack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house (docs/architecture.md): which module knows which, and which library. */
class ModuleArchitectureTest {
    private static final String UNDERTOW = "io.undertow..";
    private static final String XNIO = "org.xnio..";
    private static final String STREAMS = "org.apache.kafka.streams..";
    private static final String DRIVER = "com.datastax..";

    static Stream<Arguments> arrows() {
        return Stream.of(
                Arguments.of("schemas", new String[] {"schemas"}),
                Arguments.of("service-runtime", new String[] {"schemas", "service-runtime"}),
                Arguments.of("edge-connector", new String[] {"schemas", "service-runtime", "edge-connector"}),
                Arguments.of("streams-router", new String[] {"schemas", "service-runtime", "streams-router"}),
                Arguments.of("timeline-writer", new String[] {"schemas", "service-runtime", "timeline-writer"}),
                Arguments.of("webhooks", new String[] {"schemas", "service-runtime", "webhooks"}),
                Arguments.of("clients/java", new String[] {"clients/java"}),
                Arguments.of("examples/analytics", new String[] {"schemas", "examples/analytics"}),
                Arguments.of("local-stack", new String[] {"schemas", "clients/java", "local-stack"}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrows")
    void shouldKnowNoOtherModules(String module, String[] known) {
        noClasses()
                .that()
                .resideInAPackage(Houses.everythingBelow(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Houses.allBut(known))
                .because("services meet in topics and in HTTP, never in classes; what two of them need belongs to"
                        + " schemas or service-runtime")
                .check(Houses.MAIN);
    }

    static Stream<Arguments> foreignRooms() {
        return Stream.of(
                Arguments.of("schemas", new String[] {UNDERTOW, XNIO, STREAMS, DRIVER}),
                Arguments.of("service-runtime", new String[] {STREAMS, DRIVER}),
                Arguments.of("edge-connector", new String[] {STREAMS, DRIVER}),
                Arguments.of("streams-router", new String[] {UNDERTOW, XNIO, DRIVER}),
                Arguments.of("timeline-writer", new String[] {STREAMS}),
                Arguments.of("webhooks", new String[] {UNDERTOW, XNIO, STREAMS, DRIVER}),
                Arguments.of("clients/java", new String[] {UNDERTOW, XNIO, STREAMS, DRIVER, "org.apache.kafka.."}),
                Arguments.of("examples/analytics", new String[] {DRIVER}),
                Arguments.of("local-stack", new String[] {UNDERTOW, XNIO, STREAMS, DRIVER}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignRooms")
    void shouldNotUseWhatBelongsToAnotherRoom(String module, String[] libraries) {
        noClasses()
                .that()
                .resideInAPackage(Houses.everythingBelow(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .because("sockets are the edge's, topologies the router's, Cassandra the timeline-writer's")
                .check(Houses.MAIN);
    }

    @Test
    void shouldConfineTheDriverToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.timeline.cassandra..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DRIVER)
                .because("the driver may be replaced (ADR 8): ask the store's own classes instead")
                .check(Houses.MAIN);
    }

    @Test
    void shouldKeepUndertowOutOfTheEdgesRules() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.millrace.edge.protocol..",
                        "io.millrace.edge.session..",
                        "io.millrace.edge.inbound..",
                        "io.millrace.edge.outbound..",
                        "io.millrace.edge.lane..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(UNDERTOW, XNIO)
                .because("only edge.http knows the server: give it a small interface to implement")
                .check(Houses.MAIN);
    }

    @Test
    void shouldKeepKafkaOutOfWhatIsSentToSubscribers() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.webhooks.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("one attempt is a plain thing; webhooks.dispatch knows the log")
                .check(Houses.MAIN);
    }

    @Test
    void shouldKeepKafkaOutOfTheProtocol() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.edge.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("frames and commands are plain values; edge.inbound writes them")
                .check(Houses.MAIN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void shouldHaveFeaturesWithoutCycles(String module) {
        SlicesRuleDefinition.slices()
                .matching(Houses.PACKAGES.get(module) + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that needs another and is needed by it is one feature, or hides a third")
                .check(Houses.MAIN);
    }

    static Stream<String> modules() {
        return Houses.PACKAGES.keySet().stream();
    }

    /** Otherwise the rules above would hold for nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void shouldHaveReadEveryModule(String module) {
        assertThat(Houses.MAIN.stream()
                        .filter(c -> c.getPackageName().startsWith(Houses.PACKAGES.get(module)))
                        .count())
                .as("classes of %s; build it first", module)
                .isGreaterThan(10);
    }
}
