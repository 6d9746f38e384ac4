package io.millrace.guarantees.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The JDK's own tools, asked about another JVM. */
public final class JvmTools {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    private JvmTools() {}

    /** Bytes of the heap that are in use after a full collection, which this asks for. */
    public static long liveHeapBytes(long pid) throws IOException, InterruptedException {
        var process = start("jcmd", Long.toString(pid), "GC.class_histogram").start();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        var total = TOTAL.matcher(answer);
        if (!total.find()) {
            throw new IOException("jcmd says nothing of the heap of process " + pid + ": "
                    + answer.lines().limit(3).toList());
        }
        return Long.parseLong(total.group(1));
    }

    /** Prints the heap's use once a second until it is ended. */
    static Process heapEverySecond(long pid) throws IOException {
        return start("jstat", "-gc", Long.toString(pid), "1000").start();
    }

    private static ProcessBuilder start(String tool, String... arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectErrorStream(true);
    }
}
