package io.millrace.timeline.replay;

import io.millrace.schemas.record.ActKind;
import io.millrace.schemas.record.UserKeyState;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Erases the keys of a user, and with them every body that it wrote: whatever holds such a body, log, store, export or
 * backup, holds bytes that nobody can read. It cannot be taken back.
 */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = "Make every body that a user wrote unreadable for good, everywhere, and refuse what the user asks"
                + " from now on. Not to be taken back.")
final class EraseCommand implements Callable<Integer> {
    private static final int REFUSED = 3;

    @Mixin
    private LogOptions place = new LogOptions();

    @Mixin
    private OneUser who = new OneUser();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;

    EraseCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var user = who.user(spec);
        var kafka = place.settings(environment).kafka();
        ReplayLog.open(kafka, 1); // says what is wrong, if it is not there
        var keys = new UserKeys(kafka);
        try (var hand = OperatorHand.open(kafka)) {
            var ring = keys.read();
            var held = ring.heldBecause(user);
            if (held.isPresent()) {
                spec.commandLine().getErr().println("replay: " + user + " is held: " + held.get());
                spec.commandLine().getErr().flush();
                return REFUSED;
            }
            boolean before = ring.isErased(user);
            int forgotten = 0;
            // an edge may have written a key meanwhile: nothing was encrypted with it, and it goes too
            for (var ids = ring.idsOf(user); !ring.isErased(user) || !ids.isEmpty(); ids = ring.idsOf(user)) {
                var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
                if (!ring.isErased(user)) {
                    records.add(keys.says(user, UserKeyState.ERASED, who.reason()));
                    records.add(keys.revoked(user, who.reason()));
                }
                records.addAll(UserKeys.forgotten(ids));
                int count = ids.size();
                hand.write(records, written -> who.act(ActKind.ERASED, "user:" + user, "keys deleted: " + count));
                forgotten += count;
                ring = keys.read();
            }
            say(user + (before && forgotten == 0 ? " was erased before" : " erased, keys deleted: " + forgotten));
        }
        return 0;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
