package io.millrace.timeline.cassandra;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets statements pass to another target, those of some tables only, and only while a gate is open. */
final class SelectedWrites implements WriteTarget {
    private final WriteTarget target;
    private final Set<String> tables;
    private final BooleanSupplier open;
    private final Upserts upserts;

    SelectedWrites(WriteTarget target, Set<String> tables, BooleanSupplier open, Upserts upserts) {
        this.target = target;
        this.tables = Set.copyOf(tables);
        this.open = open;
        this.upserts = upserts;
    }

    @Override
    public void all(List<PartitionedStatement> statements) throws InterruptedException {
        allOf(() -> statements);
    }

    @Override
    public void allOf(Supplier<List<PartitionedStatement>> bound) throws InterruptedException {
        if (open.getAsBoolean()) {
            target.allOf(() -> bound.get().stream().filter(this::isSelected).toList());
        }
    }

    private boolean isSelected(PartitionedStatement s) {
        return tables.contains(upserts.in(s).get(0).upsert().table().name());
    }
}
