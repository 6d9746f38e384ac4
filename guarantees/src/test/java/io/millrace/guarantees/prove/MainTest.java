package io.millrace.guarantees.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.guarantees.fault.Fault;
import io.millrace.guarantees.fault.FaultCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldListEveryFaultAndWhatIsNotRun() {
        // When
        int exitCode = run("--list");

        // Then
        assertThat(exitCode).isZero();
        assertThat(FaultCatalogue.all())
                .extracting(Fault::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(out.toString()).contains(name));
        assertThat(FaultCatalogue.notRun())
                .allSatisfy(each -> assertThat(out.toString()).contains(each.why()));
    }

    @Test
    void shouldRefuseAFaultThatThereIsNot() {
        // When
        int exitCode = run("--faults", "kill-edge,earthquake");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("earthquake").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseARunWithoutTime() {
        assertThat(run("--minutes", "0")).isEqualTo(2);
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
