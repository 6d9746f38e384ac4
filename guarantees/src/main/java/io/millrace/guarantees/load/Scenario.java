package io.millrace.guarantees.load;

import java.io.IOException;

/** One chapter: puts a load upon the stack and says what it saw. */
interface Scenario {
    String name();

    String description();

    Result run(Stage stage) throws IOException, InterruptedException;
}
