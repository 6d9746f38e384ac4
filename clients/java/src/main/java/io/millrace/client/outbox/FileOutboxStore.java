package io.millrace.client.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with one JSON file per undecided command, named by its number. One process at a time may use it. */
public final class FileOutboxStore implements OutboxStore {
    private static final String ENDING = ".json";

    private final Path directory;

    /** @throws UncheckedIOException if the directory cannot be made */
    public FileOutboxStore(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the outbox directory " + directory, e);
        }
    }

    @Override
    public List<Stored> load() {
        try (Stream<Path> files = Files.list(directory)) {
            var stored = new ArrayList<Stored>();
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (file.getFileName().toString().endsWith(ENDING)) {
                    stored.add(read(Json.parseObject(Files.readString(file))));
                }
            }
            return stored;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the outbox " + directory, e);
        }
    }

    @Override
    public void put(Stored stored) {
        ObjectNode node = Json.object()
                .put("number", stored.number())
                .put("clientMessageId", stored.clientMessageId())
                .put("type", stored.command().type());
        node.set("fields", stored.command().fields());
        Path file = file(stored.number());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, Json.write(node));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the outbox " + directory, e);
        }
    }

    @Override
    public void remove(long number) {
        try {
            Files.deleteIfExists(file(number));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete from the outbox " + directory, e);
        }
    }

    private Path file(long number) {
        return directory.resolve(String.format("%019d%s", number, ENDING));
    }

    private static Stored read(ObjectNode node) {
        if (!(node.get("fields") instanceof ObjectNode fields)) {
            throw new MalformedFrameException("stored command without fields");
        }
        ObjectNode to = fields.get("to") instanceof ObjectNode given ? given : fields;
        String user = Json.textOrNull(to, "user");
        Recipient recipient =
                user != null ? Recipient.user(user) : Recipient.conversation(Json.text(to, "conversation"));
        return new Stored(
                Json.number(node, "number"),
                Json.textOrNull(node, "clientMessageId"),
                new Command(Json.text(node, "type"), recipient, fields));
    }
}
