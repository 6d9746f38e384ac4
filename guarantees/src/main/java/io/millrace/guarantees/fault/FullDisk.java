package io.millrace.guarantees.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The disk of one part fills up; later there is space again. */
final class FullDisk implements Fault {
    /** What is done beside filling or freeing the disk, to the part of that name. */
    @FunctionalInterface
    interface Deed {
        void to(Scene scene, String part) throws Exception;
    }

    private final String name;
    private final String matrix;
    private final String description;
    private final Duration hold;
    private final Function<Scene, String> which;
    private final Deed whenFull;
    private final Deed whenFree;
    private final int leastBrokers;
    private String part = "";

    FullDisk(
            String name,
            String matrix,
            String description,
            int holdSeconds,
            Function<Scene, String> which,
            Deed whenFull,
            Deed whenFree,
            int leastBrokers) {
        this.name = name;
        this.matrix = matrix;
        this.description = description;
        this.hold = Duration.ofSeconds(holdSeconds);
        this.which = which;
        this.whenFull = whenFull;
        this.whenFree = whenFree;
        this.leastBrokers = leastBrokers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String matrix() {
        return matrix;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration hold() {
        return hold;
    }

    @Override
    public Optional<Means> means() {
        return Optional.of(Means.DISKS);
    }

    @Override
    public int leastBrokers() {
        return leastBrokers;
    }

    @Override
    public boolean endsParts() {
        return true;
    }

    @Override
    public void inject(Scene scene) throws Exception {
        part = which.apply(scene);
        scene.disks().of(part).fill();
        whenFull.to(scene, part);
    }

    @Override
    public void heal(Scene scene) throws Exception {
        scene.disks().of(part).free();
        whenFree.to(scene, part);
    }

    @Override
    public String where() {
        return part;
    }
}
