package io.millrace.guarantees.prove;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.part.Part;
import io.millrace.localstack.part.PartState;
import io.millrace.localstack.part.StackException;
import java.util.ArrayList;
import java.util.List;

/** Starts parts again that ended by themselves, as whoever runs the processes of a service does. */
final class Supervisor {
    private final LocalStack stack;
    private final List<String> ended = new ArrayList<>();

    Supervisor(LocalStack stack) {
        this.stack = stack;
    }

    /** Looks at every part once; what cannot be started yet is tried again the next time. */
    void look() throws InterruptedException {
        for (Part part : stack.parts()) {
            if (part.state() == PartState.FAILED) {
                ended.add(
                        part.name() + ": " + part.failure().lines().findFirst().orElse(""));
                try {
                    part.start();
                } catch (StackException e) {
                    ended.add(part.name() + ", started again: " + e.getMessage());
                }
            }
        }
    }

    /** Whether every part works. */
    boolean allReady() {
        return stack.parts().stream().allMatch(part -> part.state() == PartState.READY);
    }

    /** What had to be started again since this was asked last. */
    List<String> ended() {
        var told = List.copyOf(ended);
        ended.clear();
        return told;
    }
}
