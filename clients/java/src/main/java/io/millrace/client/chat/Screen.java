package io.millrace.client.chat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The terminal: lines come out above the one that is being typed. Printing is thread-safe. */
final class Screen implements AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;

    /** @throws IOException if there is no terminal at all */
    Screen() throws IOException {
        terminal = TerminalBuilder.builder()
                .name("millrace")
                .system(true)
                .dumb(true)
                .build();
        List<String> commands =
                InputReader.COMMANDS.stream().map(form -> form[0].split(" ")[0]).toList();
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(new StringsCompleter(commands))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** The next line that somebody types; empty at the end of input, or at Ctrl-C. */
    Optional<String> read(String prompt) {
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (EndOfFileException | UserInterruptException e) {
            return Optional.empty();
        }
    }

    /** Changes the prompt of the line that is being typed, if there is one. */
    void prompt(String prompt) {
        if (reader instanceof LineReaderImpl typing && typing.isReading()) {
            typing.setPrompt(prompt);
            typing.callWidget(LineReader.REDISPLAY);
        }
    }

    void line(String text) {
        print(text, AttributedStyle.DEFAULT);
    }

    /** A message of somebody else. */
    void theirs(String text) {
        print(text, AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN));
    }

    /** Something beside the conversation: state, receipts, help. */
    void aside(String text) {
        print(text, AttributedStyle.DEFAULT.faint());
    }

    void trouble(String text) {
        print(text, AttributedStyle.DEFAULT.foreground(AttributedStyle.RED));
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private void print(String text, AttributedStyle style) {
        // Control characters in what others write could move the cursor or clear the screen.
        String plain = text.replaceAll("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]", " ");
        reader.printAbove(
                new AttributedStringBuilder().style(style).append(plain).toAttributedString());
    }
}
