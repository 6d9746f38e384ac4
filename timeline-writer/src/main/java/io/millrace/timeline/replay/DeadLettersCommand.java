package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.DeadLetterCause;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the records that could not be taken, and settles each: replayed or dropped, once, and told in the audit. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Show the records that could not be taken, and replay or drop them.")
final class DeadLettersCommand implements Runnable {
    private static final int BATCH = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    DeadLettersCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "A line for each: name, cause, source, time. Those that were handled are left out.")
    int list(
            @Mixin LogOptions place,
            @Option(names = "--all", description = "Also those that were replayed or dropped.") boolean all)
            throws InterruptedException {
        var counts = new int[2];
        var text = new LetterText(spec.commandLine().getOut());
        var log = ReplayLog.open(place.settings(environment).kafka(), BATCH);
        DeadLetters.of(log).forEach(found -> {
            counts[found.handled() == null ? 0 : 1]++;
            if (all || found.handled() == null) {
                text.line(found);
            }
        });
        say(counts[0] + " dead letters wait, " + counts[1] + " were handled" + (all ? "" : " (--all shows them)"));
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "All about one, and with --body its content.")
    int show(
            @Mixin LogOptions place,
            @Parameters(paramLabel = "LETTER", description = "As list names it: commands.dlq:7:0") String letter,
            @Option(names = "--body", description = "Key and value, too: it shows what somebody wrote.") boolean body)
            throws InterruptedException {
        var name = name(letter, spec.commandLine());
        var log = ReplayLog.open(place.settings(environment).kafka(), 1);
        var found = find(DeadLetters.of(log), name);
        var text = new LetterText(spec.commandLine().getOut());
        text.details(found);
        if (body) {
            var original = OriginalRecord.of(found.letter(), log);
            text.content(
                    original,
                    new SourceForm(log).decoded(found.letter(), original).orElse(null));
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Write the original record to its source topic again, byte for byte, once.")
    int replay(
            @Mixin LogOptions place,
            @Mixin ActOptions who,
            @Mixin Chosen chosen,
            @Option(
                            names = "--force",
                            description = "Also what was replayed or dropped before, or what would come back at once.")
                    boolean force)
            throws InterruptedException {
        chosen.check(spec.commandLine());
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), BATCH);
        var form = new SourceForm(log);
        var left = new AtomicInteger();
        try (var hand = OperatorHand.open(settings.kafka())) {
            chosen.forEach(DeadLetters.of(log), found -> {
                var original = OriginalRecord.of(found.letter(), log);
                var why = force
                        ? null
                        : refusal(found, form.obstacle(found.letter(), original).orElse(null));
                if (why == null) {
                    var record = original.again(found.letter());
                    var act = hand.write(List.of(record), written -> {
                        var to = written.get(0);
                        return who.act(
                                ActKind.DEAD_LETTER_REPLAYED,
                                found.name().toString(),
                                "written to " + to.topic() + ":" + to.partition() + ":" + to.offset() + " from "
                                        + (original.fromSource() ? "its source" : "the letter"));
                    });
                    say(found.name() + " replayed: " + act.getDetail());
                } else {
                    left.addAndGet(isReplayed(found) ? 0 : 1);
                    say(found.name() + " left as it is: " + why);
                }
            });
        }
        return left.get() == 0 ? 0 : 1;
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Settle that a letter is never replayed. It stays where it is until its time is over.")
    int drop(@Mixin LogOptions place, @Mixin ActOptions who, @Mixin Chosen chosen) throws InterruptedException {
        chosen.check(spec.commandLine());
        if (!who.hasReason()) {
            throw new ParameterException(spec.commandLine(), "say why: --reason TEXT");
        }
        var settings = place.settings(environment);
        var log = ReplayLog.open(settings.kafka(), BATCH);
        var left = new AtomicInteger();
        try (var hand = OperatorHand.open(settings.kafka())) {
            chosen.forEach(DeadLetters.of(log), found -> {
                var before = found.handled();
                if (before == null) {
                    hand.write(
                            List.<ProducerRecord<byte[], byte[]>>of(),
                            written -> who.act(
                                    ActKind.DEAD_LETTER_DROPPED, found.name().toString(), ""));
                    say(found.name() + " dropped");
                } else {
                    left.addAndGet(isReplayed(found) ? 1 : 0);
                    say(found.name() + " left as it is: it was " + LetterText.handled(before));
                }
            });
        }
        return left.get() == 0 ? 0 : 1;
    }

    /** Which letters are meant. */
    static final class Chosen {
        @Parameters(paramLabel = "LETTER", arity = "0..*", description = "As list names them: commands.dlq:7:0")
        private List<String> letters = List.of();

        @Option(
                names = "--cause",
                paramLabel = "CAUSE",
                description = "All that wait with this cause: ${COMPLETION-CANDIDATES}.")
        private @Nullable DeadLetterCause cause;

        private void check(CommandLine command) {
            if (letters.isEmpty() == (cause == null)) {
                throw new ParameterException(command, "say which letters, or their --cause");
            }
            letters.forEach(letter -> name(letter, command));
        }

        /** In the order they were given, or were written in where it is a cause. */
        private void forEach(DeadLetters all, DeadLetters.Taker taker) throws InterruptedException {
            if (cause != null) {
                all.forEach(found -> {
                    if (found.handled() == null && found.letter().getCause() == cause) {
                        taker.take(found);
                    }
                });
            }
            for (var name : new LinkedHashSet<>(letters)) {
                taker.take(find(all, LetterName.parse(name).orElseThrow()));
            }
        }
    }

    private static LetterName name(String letter, CommandLine command) {
        return LetterName.parse(letter)
                .orElseThrow(() -> new ParameterException(
                        command, "a letter is named like commands.dlq:7:0, as list does, not " + letter));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static @Nullable String refusal(DeadLetters.Found found, @Nullable String obstacle) {
        if (found.handled() != null) {
            return "it was " + LetterText.handled(found.handled());
        }
        return obstacle == null ? null : "it would come back: " + obstacle;
    }

    private static boolean isReplayed(DeadLetters.Found found) {
        return found.handled() != null && found.handled().getAct() == ActKind.DEAD_LETTER_REPLAYED;
    }

    private static DeadLetters.Found find(DeadLetters letters, LetterName name) throws InterruptedException {
        return letters.find(name).orElseThrow(() -> new ReplayException("there is no dead letter " + name));
    }
}
