package io.millrace.localstack.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Habits that the compiler does not hold. */
class CodeArchitectureTest {
    /** Their schemas are documented instead. */
    private static final Set<String> GENERATED =
            Set.of("io.millrace.schemas.record", "io.millrace.schemas.state", "io.millrace.example.analytics.record");

    /** Command lines talk to people; the last line of a process that stops is for whoever started it. */
    private static final DescribedPredicate<JavaClass> NO_COMMAND_LINE = DescribedPredicate.describe(
            "are no command lines",
            c -> !c.getPackageName().startsWith("io.millrace.localstack.launcher")
                    && !c.getPackageName().startsWith("io.millrace.client.chat")
                    && !c.getName().startsWith("io.millrace.service.lifecycle.ServiceMain")
                    && !c.getName().startsWith("io.millrace.router.RouterMain")
                    && !c.getName().startsWith("io.millrace.timeline.replay.ReplayMain")
                    && !c.getName().startsWith("io.millrace.example.analytics.AnalyticsMain")
                    && !c.getSimpleName().equals("ChildGuard"));

    @Test
    void shouldWriteToALoggerAndNotToTheConsole() {
        noClasses()
                .that(NO_COMMAND_LINE)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("services log: one event, facts as key/values")
                .check(Houses.MAIN);
    }

    @Test
    void shouldReadTheWallClockFromAClock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.millrace.schemas..",
                        "io.millrace.service..",
                        "io.millrace.edge..",
                        "io.millrace.router..",
                        "io.millrace.timeline..",
                        "io.millrace.webhooks..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time comes from a Clock that a test can hold, inside a topology from the record")
                .check(Houses.MAIN);
    }

    @Test
    void shouldKeepTheWallClockOutOfTopologies() {
        noClasses()
                .that()
                .resideInAnyPackage("io.millrace.router.conversation..", "io.millrace.router.user..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .because("time inside a topology is record time (ADR 2): a replay decides the same")
                .check(Houses.MAIN);
    }

    @Test
    void shouldKeepRulesFreeOfKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.router..")
                .and(simpleNameEndingWith("Rules"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("rules are pure: view and command in, decision out; processors and states know Kafka")
                .check(Houses.MAIN);
    }

    @Test
    void shouldUseNoWindowStoreAndLookAtTheClockInOnePlace() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.router..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.kafka.streams.state.WindowStore")
                .because("a record ahead of time makes a window store drop later puts (ADR 9)")
                .check(Houses.MAIN);
        noClasses()
                .should()
                .accessField("org.apache.kafka.streams.processor.PunctuationType", "STREAM_TIME")
                .because("one record ahead of time holds up every later one")
                .check(Houses.MAIN);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.millrace.router.conversation.DecideProcessor")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.kafka.streams.processor.PunctuationType")
                .because("a timer is a record, and one place looks at the clock to write it (ADR 15)")
                .check(Houses.MAIN);
    }

    @Test
    void shouldReadTheEnvironmentInOnePlace() {
        noClasses()
                .that(NO_COMMAND_LINE)
                .and()
                .resideOutsideOfPackages("io.millrace.localstack..", "io.millrace.client..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("settings are records that ConfigLoader fills: add a component there")
                .check(Houses.MAIN);
    }

    @Test
    void shouldHaveNamesThatSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..core..", "..helper..", "..impl..")
                .because("such a name takes everything in: say what the thing does")
                .check(Houses.MAIN);
    }

    @Test
    void shouldUseOneLoggingApi() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(Houses.MAIN);
    }

    @Test
    void shouldSayOfEveryPackageWhatItIs() {
        // Given
        Set<String> described = Houses.MAIN.stream()
                .filter(c -> c.getSimpleName().equals("package-info"))
                .filter(c -> c.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());

        // When
        Set<String> packages = Houses.MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !GENERATED.contains(name))
                .collect(Collectors.toSet());

        // Then
        Assertions.assertThat(described).as("packages with @NullMarked").containsAll(packages);
    }

    @Test
    void shouldWaitForConditionsInTestsAndNotForTime() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .because("a sleep is too short on a slow machine and too long on a fast one: await the condition")
                .check(Houses.TESTS);
    }

    @Test
    void shouldFindNoDisabledTest() {
        // When
        List<String> disabled = Houses.TESTS.stream()
                .flatMap(c -> c.getAllMembers().stream())
                .filter(member -> member.isAnnotatedWith("org.junit.jupiter.api.Disabled"))
                .map(member -> member.getFullName())
                .toList();

        // Then
        Assertions.assertThat(disabled).isEmpty();
    }
}
