package io.millrace.guarantees.fault;

import java.time.Duration;

/** A fault that is made of two steps and needs no memory of its own. */
final class Blow implements Fault {
    /** May fail like any deed upon a stack. */
    @FunctionalInterface
    interface Deed {
        void to(Scene scene) throws Exception;
    }

    private final String name;
    private final String matrix;
    private final String description;
    private final Duration hold;
    private final Deed inject;
    private final Deed heal;

    Blow(String name, String matrix, String description, int holdSeconds, Deed inject, Deed heal) {
        this.name = name;
        this.matrix = matrix;
        this.description = description;
        this.hold = Duration.ofSeconds(holdSeconds);
        this.inject = inject;
        this.heal = heal;
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
    public void inject(Scene scene) throws Exception {
        inject.to(scene);
    }

    @Override
    public void heal(Scene scene) throws Exception {
        heal.to(scene);
    }
}
