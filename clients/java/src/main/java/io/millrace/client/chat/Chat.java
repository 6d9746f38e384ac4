package io.millrace.client.chat;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.HistoryPage.StoredMessage;
import io.millrace.client.loop.Failures;
import io.millrace.client.outbox.Decision;
import io.millrace.client.outbox.FileOutboxStore;
import io.millrace.client.outbox.Recipient;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.timeline.FileTimelineStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out what somebody types, until the end of input. */
final class Chat implements AutoCloseable {
    private final String self;
    private final Screen screen;
    private final Roster roster;
    private final MillraceClient client;
    private volatile String here = "";

    /** @throws IOException if there is no terminal */
    Chat(String user, String device, URI url, Supplier<String> tokens, Path data) throws IOException {
        self = user;
        screen = new Screen();
        roster = new Roster(user);
        client = MillraceClient.builder()
                .url(url)
                .device(device)
                .tokens(tokens)
                .store(new FileTimelineStore(data.resolve("timeline.json")))
                .outboxStore(new FileOutboxStore(data.resolve("outbox")))
                .listener(new ChatListener(user, roster, screen, () -> here, this::refresh))
                .beginWithSnapshot()
                .build();
    }

    void run() {
        screen.aside("You are " + self + ". /to NAME begins, /help shows the rest.");
        client.connect();
        Optional<String> line = screen.read(prompt());
        while (line.isPresent() && carryOut(InputReader.read(line.get()))) {
            line = screen.read(prompt());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        screen.close();
    }

    /** What the device knows by itself begins at its cursor; the list goes further back. */
    private void refresh() {
        show(client.conversations(), roster::onSnapshot);
    }

    private String prompt() {
        return self + (here.isEmpty() ? "" : " → " + roster.name(here)) + "> ";
    }

    /** Answers false at the end. */
    private boolean carryOut(Input input) {
        if (input instanceof Input.Quit) {
            return false;
        } else if (input instanceof Input.Say say) {
            whenHere(() -> report(client.send(Recipient.conversation(here), say.text())));
        } else if (input instanceof Input.To to) {
            go(roster.find(to.name()));
        } else if (input instanceof Input.Group group) {
            show(client.createGroup(group.title(), group.members()), this::go);
        } else if (input instanceof Input.Add add) {
            whenHere(() -> show(client.addMembers(here, add.users()), version -> {}));
        } else if (input instanceof Input.Remove remove) {
            whenHere(() -> show(client.removeMember(here, remove.user()), version -> {}));
        } else if (input instanceof Input.Title title) {
            whenHere(() -> show(client.setTitle(here, title.title()), version -> {}));
        } else if (input instanceof Input.Conversations) {
            list();
        } else if (input instanceof Input.History history) {
            whenHere(() -> history(history.count()));
        } else if (input instanceof Input.Edit edit) {
            whenHere(() -> report(client.edit(here, edit.seq(), MillraceClient.textBody(edit.text()))));
        } else if (input instanceof Input.Recall recall) {
            whenHere(() -> report(client.recall(here, recall.seq())));
        } else if (input instanceof Input.React react) {
            whenHere(() -> report(client.react(here, react.seq(), react.emoji(), true)));
        } else if (input instanceof Input.Read) {
            whenHere(this::read);
        } else if (input instanceof Input.Delete delete) {
            whenHere(() -> report(client.delete(here, delete.seq())));
        } else if (input instanceof Input.Clear) {
            whenHere(() -> report(client.clear(here, roster.lastSeq(here))));
        } else if (input instanceof Input.Switch change) {
            whenHere(() -> report(change(change)));
        } else if (input instanceof Input.SetRole role) {
            whenHere(() -> show(client.setRole(here, role.user(), role.role()), version -> {}));
        } else if (input instanceof Input.Silence silence) {
            whenHere(() -> silence(silence));
        } else if (input instanceof Input.Dissolve) {
            whenHere(() -> show(client.dissolve(here), version -> {}));
        } else if (input instanceof Input.Who) {
            whenHere(() -> show(client.conversation(here), details -> details.members()
                    .forEach((user, role) -> screen.aside("  " + user + " " + role.toLowerCase(Locale.ROOT)))));
        } else if (input instanceof Input.Help) {
            InputReader.COMMANDS.forEach(
                    form -> screen.aside(String.format(Locale.ROOT, "  %-22s %s", form[0], form[1])));
        } else if (input instanceof Input.Wrong wrong) {
            screen.trouble(wrong.usage());
        }
        return true;
    }

    private SendHandle change(Input.Switch change) {
        return switch (change.what()) {
            case MUTE -> client.mute(here, change.on());
            case PIN -> client.pin(here, change.on());
            case HIDE -> client.hide(here, change.on());
            case BLOCK -> client.block(roster.name(here), change.on());
        };
    }

    private void silence(Input.Silence silence) {
        var users = silence.user().isEmpty() ? List.<String>of() : List.of(silence.user());
        Long until = silence.minutes() == 0 ? null : System.currentTimeMillis() + silence.minutes() * 60_000;
        show(client.muteMembers(here, users, until), version -> {});
    }

    private void go(String conversation) {
        here = conversation;
        screen.prompt(prompt());
        history(10);
    }

    private void list() {
        for (Roster.Line line : roster.list()) {
            String unread = line.unread() == 0 ? "" : line.unread() + " unread";
            screen.line(String.format(Locale.ROOT, "  %-24s %5d %s", line.name(), line.lastSeq(), unread));
        }
    }

    private void history(int count) {
        String conversation = here;
        show(client.history(conversation, null, count), page -> page.messages().stream()
                .sorted(Comparator.comparingLong(StoredMessage::seq))
                .forEach(message -> {
                    boolean own = message.from().equals(self);
                    screen.line(Lines.stored(message, own ? roster.ticks(conversation, message.seq()) : ""));
                }));
    }

    private void read() {
        long seq = roster.lastSeq(here);
        if (seq > 0) {
            report(client.read(here, seq));
        }
    }

    private void whenHere(Runnable action) {
        if (here.isEmpty()) {
            screen.trouble("talk to somebody first: /to NAME");
        } else {
            action.run();
        }
    }

    /** What is posted shows as an entry; only the rest needs a word. */
    private void report(SendHandle handle) {
        show(handle.decision(), decision -> {
            if (decision instanceof Decision.Rejected rejected) {
                screen.trouble("not sent: " + rejected.code() + " " + rejected.message());
            } else if (decision instanceof Decision.Refused refused) {
                screen.trouble("not sent: " + refused.code() + " " + refused.message());
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // success and failure both end on the screen
    private <T> void show(CompletableFuture<T> future, Consumer<T> then) {
        future.thenAccept(then).exceptionally(failure -> {
            screen.trouble(Failures.reason(failure));
            return null;
        });
    }
}
