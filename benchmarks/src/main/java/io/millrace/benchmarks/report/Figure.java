package io.millrace.benchmarks.report;

/** One number. */
public record Figure(String name, double value, String unit) {}
