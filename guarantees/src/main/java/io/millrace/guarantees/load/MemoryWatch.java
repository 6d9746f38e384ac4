package io.millrace.guarantees.load;

import io.millrace.localstack.child.ResidentMemory;
import io.millrace.localstack.part.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Follows heap and physical memory of one part, once a second, and keeps every sample. Thread-safe. */
final class MemoryWatch implements AutoCloseable {
    private final String part;
    private final Process tool;
    private final Thread thread;
    private final List<Sample> samples = new ArrayList<>();

    /** In MiB; the heap counts what is not collected yet. */
    record Sample(long heapMib, long residentMib) {}

    private MemoryWatch(String part, long pid) throws IOException {
        this.part = part;
        this.tool = JvmTools.heapEverySecond(pid);
        this.thread = new Thread(() -> follow(pid), "memory-" + part);
        this.thread.setDaemon(true);
    }

    static MemoryWatch of(Part part) throws IOException {
        var watch = new MemoryWatch(part.name(), part.pid().orElseThrow());
        watch.thread.start();
        return watch;
    }

    private void follow(long pid) {
        try (var lines = new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8))) {
            var head = List.<String>of();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = List.of(line.strip().split("\\s+"));
                if (words.contains("EU")) {
                    head = words;
                } else if (words.size() == head.size()) {
                    keep(pid, head, words);
                }
            }
        } catch (IOException e) {
            // Ended with its tool, by close.
            return;
        }
    }

    private void keep(long pid, List<String> head, List<String> words) {
        double kib = 0;
        for (var column : List.of("S0U", "S1U", "EU", "OU")) {
            kib += Double.parseDouble(words.get(head.indexOf(column)));
        }
        long resident = ResidentMemory.bytes(pid).orElse(0);
        synchronized (samples) {
            samples.add(new Sample(Math.round(kib / 1024), resident >> 20));
        }
    }

    String part() {
        return part;
    }

    List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    long mostResidentMib() {
        return samples().stream().mapToLong(Sample::residentMib).max().orElse(0);
    }

    long mostHeapMib() {
        return samples().stream().mapToLong(Sample::heapMib).max().orElse(0);
    }

    @Override
    public void close() throws InterruptedException {
        tool.destroy();
        thread.join();
    }
}
