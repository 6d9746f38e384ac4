package io.millrace.guarantees.prove;

import io.millrace.guarantees.fault.Fault;
import io.millrace.guarantees.fault.FaultCatalogue;
import io.millrace.guarantees.fault.FaultCatalogue.NotRun;
import io.millrace.guarantees.fault.Means;
import io.millrace.guarantees.fault.OtherRelease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run injects.
 *
 * @param notRun the rest of the matrix, and what was asked for and cannot be had on this machine
 * @param release one of the faults, which the routers begin with; null without one
 */
record Plan(
        List<Fault> faults, List<NotRun> notRun, @Nullable OtherRelease release) {
    Plan {
        faults = List.copyOf(faults);
        notRun = List.copyOf(notRun);
    }

    /**
     * @param names empty for all
     * @param earlier checkout of an earlier release; null for none
     */
    static Plan of(List<String> names, int brokers, @Nullable Path earlier) throws InterruptedException {
        var faults = new ArrayList<Fault>();
        var notRun = new ArrayList<>(FaultCatalogue.notRun());
        for (Fault fault : FaultCatalogue.all()) {
            if (names.isEmpty() || names.contains(fault.name())) {
                var obstacle = obstacle(fault, brokers);
                if (obstacle.isEmpty()) {
                    faults.add(fault);
                } else {
                    notRun.add(new NotRun(fault.matrix(), fault.name(), obstacle.get()));
                }
            }
        }
        OtherRelease release = null;
        if (earlier != null) {
            release = new OtherRelease(earlier, Path.of(System.getProperty("millrace.home", "")));
            faults.add(release);
            notRun.removeIf(each -> each.matrix().equals("F18"));
        }
        return new Plan(faults, notRun, release);
    }

    private static Optional<String> obstacle(Fault fault, int brokers) throws InterruptedException {
        if (brokers < fault.leastBrokers()) {
            return Optional.of("a broker alone has the only copy; give --brokers " + fault.leastBrokers());
        }
        var means = fault.means();
        return means.isEmpty() ? Optional.empty() : means.get().obstacle();
    }

    /** Everything that its faults take. */
    Set<Means> means() {
        return faults.stream()
                .flatMap(fault -> fault.means().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Means.class)));
    }
}
