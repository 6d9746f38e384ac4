package io.millrace.client.chat;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.HistoryPage.StoredMessage;
import io.millrace.client.outbox.FileOutboxStore;
import io.millrace.client.outbox.SendHandle;
import io.millrace.client.timeline.FileTimelineStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out what somebody types, until the end of input. */
final class Chat implements AutoCloseable {
    private final String self;
    private final Screen screen;
    private final Roster roster;
    private final MillraceClient client;
    private final Answers answers;
    private final Appointments appointments;
    private final Doors doors;
    private final People people;
    private volatile String here = "";

    /** @throws IOException if there is no terminal */
    Chat(String user, String device, URI url, Supplier<String> tokens, Path data) throws IOException {
        self = user;
        screen = new Screen();
        roster = new Roster(user);
        answers = new Answers(screen);
        var sightings = new Sightings(() -> System.nanoTime() / 1_000_000);
        client = MillraceClient.builder()
                .url(url)
                .device(device)
                .tokens(tokens)
                .store(new FileTimelineStore(data.resolve("timeline.json")))
                .outboxStore(new FileOutboxStore(data.resolve("outbox")))
                .listener(new ChatListener(user, roster, sightings, screen, () -> here, this::refresh))
                .beginWithSnapshot()
                .build();
        appointments = new Appointments(client, screen, answers);
        doors = new Doors(client, screen, answers);
        people = new People(client, screen, answers, roster, sightings);
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
        people.refresh();
        answers.show(client.conversations(), roster::onSnapshot);
    }

    private String prompt() {
        return self + (here.isEmpty() ? "" : " → " + roster.name(here)) + "> ";
    }

    /** Answers false at the end. */
    private boolean carryOut(Input input) {
        if (input instanceof Input.Quit) {
            return false;
        } else if (input instanceof Input.To to) {
            go(roster.find(to.name()));
        } else if (input instanceof Input.Group group) {
            answers.show(client.createGroup(group.title(), group.members()), this::go);
        } else if (input instanceof Input.Add add) {
            whenHere(() -> answers.report(client.addMembers(here, add.users())));
        } else if (input instanceof Input.Remove remove) {
            whenHere(() -> answers.report(client.removeMember(here, remove.user())));
        } else if (input instanceof Input.Title title) {
            whenHere(() -> answers.report(client.setTitle(here, title.title())));
        } else if (input instanceof Input.Conversations) {
            list();
        } else if (input instanceof Input.History history) {
            whenHere(() -> history(history.count()));
        } else if (input instanceof Input.Edit edit) {
            whenHere(() -> answers.report(client.edit(here, edit.seq(), MillraceClient.textBody(edit.text()))));
        } else if (input instanceof Input.Recall recall) {
            whenHere(() -> answers.report(client.recall(here, recall.seq())));
        } else if (input instanceof Input.React react) {
            whenHere(() -> answers.report(client.react(here, react.seq(), react.emoji(), true)));
        } else if (input instanceof Input.Read) {
            whenHere(this::read);
        } else if (input instanceof Input.Delete delete) {
            whenHere(() -> answers.report(client.delete(here, delete.seq())));
        } else if (input instanceof Input.Clear) {
            whenHere(() -> answers.report(client.clear(here, roster.lastSeq(here))));
        } else if (input instanceof Input.Switch change) {
            change(change);
        } else if (input instanceof Input.SetRole role) {
            whenHere(() -> answers.report(client.setRole(here, role.user(), role.role())));
        } else if (input instanceof Input.Silence silence) {
            whenHere(() -> silence(silence));
        } else if (input instanceof Input.Dissolve) {
            whenHere(() -> answers.report(client.dissolve(here)));
        } else if (input instanceof Input.Contacts) {
            people.list();
        } else if (input instanceof Input.Join join) {
            answers.show(client.join(join.conversation(), join.secret()), version -> go(join.conversation()));
        } else if (input instanceof Input.Help) {
            InputReader.COMMANDS.forEach(
                    form -> screen.aside(String.format(Locale.ROOT, "  %-27s %s", form[0], form[1])));
        } else if (input instanceof Input.Wrong wrong) {
            screen.trouble(wrong.usage());
        } else if (!(input instanceof Input.Nothing)) {
            whenHere(() -> carryOutHere(input));
        }
        return true;
    }

    private void carryOutHere(Input input) {
        if (!appointments.carryOut(input, here) && !doors.carryOut(input, here) && !people.carryOut(input, here)) {
            throw new IllegalStateException(
                    "nobody carries out " + input.getClass().getSimpleName());
        }
    }

    private void change(Input.Switch change) {
        if (change.what() == Input.Switch.What.INVISIBLE) {
            answers.report(client.invisible(roster.direct(self), change.on()));
        } else if (change.what() == Input.Switch.What.BLOCK && !roster.isDirect(here)) {
            screen.trouble("only a user can be blocked: /to NAME");
        } else {
            whenHere(() -> answers.report(changeHere(change)));
        }
    }

    private SendHandle changeHere(Input.Switch change) {
        return switch (change.what()) {
            case MUTE -> client.mute(here, change.on());
            case PIN -> client.pin(here, change.on());
            case HIDE -> client.hide(here, change.on());
            case BLOCK -> client.block(roster.other(here), change.on());
            case INVISIBLE -> throw new IllegalArgumentException("invisible everywhere or nowhere");
        };
    }

    private void silence(Input.Silence silence) {
        var users = silence.user().isEmpty() ? List.<String>of() : List.of(silence.user());
        Long until = silence.minutes() == 0 ? null : System.currentTimeMillis() + silence.minutes() * 60_000;
        answers.report(client.muteMembers(here, users, until));
    }

    private void go(String conversation) {
        client.unwatchPresence(here);
        here = conversation;
        client.watchPresence(here);
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
        answers.show(client.history(conversation, null, count), page -> page.messages().stream()
                .sorted(Comparator.comparingLong(StoredMessage::seq))
                .forEach(message -> {
                    boolean own = message.from().equals(self);
                    screen.line(Lines.stored(message, own ? roster.ticks(conversation, message.seq()) : ""));
                }));
    }

    private void read() {
        long seq = roster.lastSeq(here);
        if (seq > 0) {
            answers.report(client.read(here, seq));
        }
    }

    private void whenHere(Runnable action) {
        if (here.isEmpty()) {
            screen.trouble("talk to somebody first: /to NAME");
        } else {
            action.run();
        }
    }
}
