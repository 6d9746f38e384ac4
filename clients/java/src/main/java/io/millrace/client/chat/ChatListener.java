package io.millrace.client.chat;

import io.millrace.client.ClientListener;
import io.millrace.client.Signal;
import io.millrace.client.connection.ConnectionState;
import io.millrace.client.timeline.Entry;
import io.millrace.client.timeline.Event;
import io.millrace.client.timeline.Snapshot;
import java.util.function.Supplier;

/** Shows what a device learns. */
final class ChatListener implements ClientListener {
    private final String self;
    private final Roster roster;
    private final Sightings sightings;
    private final Screen screen;
    private final Supplier<String> here;
    private final Runnable onOpen;
    private String lastTrouble = "";

    /**
     * @param here the conversation that is on the screen; empty for none
     * @param onOpen called when a session opens
     */
    ChatListener(
            String self, Roster roster, Sightings sightings, Screen screen, Supplier<String> here, Runnable onOpen) {
        this.self = self;
        this.roster = roster;
        this.sightings = sightings;
        this.screen = screen;
        this.here = here;
        this.onOpen = onOpen;
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        roster.onSnapshot(snapshot);
        screen.aside(snapshot.conversations().size() + " conversations, " + snapshot.totalUnread()
                + " unread; /list shows them");
    }

    @Override
    public void onEntry(Entry entry) {
        roster.onEntry(entry);
        String conversation = entry.conversation();
        String where = conversation.equals(here.get()) ? "" : "[" + roster.name(conversation) + "] ";
        Event event = entry.event();
        if (event instanceof Event.Message message) {
            showMessage(entry, message, where);
        } else if (event instanceof Event.Edited edited) {
            if (edited.body() != null) {
                screen.aside(where + edited.seq() + " now says: " + Lines.text(edited.body()));
            }
        } else if (event instanceof Event.Recalled recalled) {
            screen.aside(where + recalled.seq() + " was recalled");
        } else if (event instanceof Event.Reaction reaction) {
            screen.aside(where + reaction.seq() + (reaction.added() ? " + " : " - ") + reaction.emoji() + " "
                    + reaction.by());
        } else if (event instanceof Event.Members members) {
            members.added()
                    .forEach(user -> screen.aside(
                            where + user + " is in, as " + members.roles().getOrDefault(user, "member")));
            members.removed().forEach(user -> screen.aside(where + user + " is out"));
        } else if (event instanceof Event.Muted muted) {
            String who = muted.users().isEmpty() ? "everybody" : String.join(", ", muted.users());
            screen.aside(where + who + (muted.untilMs() == null ? " may write again" : " may not write for now"));
        } else if (event instanceof Event.Blocked blocked) {
            screen.aside(where + (blocked.blocked() ? "is blocked" : "is not blocked any more"));
        } else if (event instanceof Event.Dissolved) {
            screen.aside(where + "is no more");
        } else if (event instanceof Event.SettingsChanged changed && changed.deletedSeq() != null) {
            screen.aside(where + changed.deletedSeq() + " is deleted for you");
        } else if (event instanceof Event.ConversationChanged changed) {
            showChange(changed, where);
        } else if (event instanceof Event.Scheduled scheduled && scheduled.body() != null) {
            screen.aside(where + entry.version() + " waits until " + Lines.when(scheduled.sendAtMs()) + ": "
                    + Lines.text(scheduled.body()));
        } else if (event instanceof Event.Unscheduled unscheduled) {
            String code = unscheduled.code();
            screen.aside(where
                    + unscheduled.scheduled()
                    + (code == null ? " is taken back" : " could not be posted: " + code));
        } else if (event instanceof Event.Link link) {
            Long untilMs = link.untilMs();
            screen.aside(where + "link " + link.link()
                    + (untilMs == null ? " is taken back" : " opens this group until " + Lines.when(untilMs)));
        }
    }

    private void showChange(Event.ConversationChanged changed, String where) {
        if (changed.title() != null) {
            screen.aside(where + "is called " + changed.title() + " now");
        }
        if (changed.announcement() != null) {
            screen.aside(where + "announced: " + changed.announcement());
        }
        if (changed.joinRule() != null) {
            screen.aside(where + (changed.joinRule().equals("open") ? "everybody may join" : "joining needs a link"));
        }
    }

    @Override
    public void onSignal(Signal signal) {
        if (signal instanceof Signal.Typing typing && typing.conversation().equals(here.get())) {
            screen.aside(roster.person(typing.from()) + " is writing");
        } else if (signal instanceof Signal.Presence presence) {
            if (sightings.onPresence(presence) && presence.conversation().equals(here.get())) {
                screen.aside(roster.person(presence.user()) + " is " + sightings.of(presence.user()));
            }
        } else if (signal instanceof Signal.Transient passing) {
            screen.aside("[" + roster.name(passing.conversation()) + "] " + roster.person(passing.from()) + ": "
                    + Lines.text(passing.body()));
        } else if (signal instanceof Signal.Receipt receipt) {
            Roster.News news = roster.onReceipt(receipt);
            if (receipt.conversation().equals(here.get())) {
                showReceipt(receipt, news);
            }
        }
    }

    private void showReceipt(Signal.Receipt receipt, Roster.News news) {
        switch (news) {
            case READ -> screen.aside("✓✓✓ " + receipt.user() + " read through " + receipt.read());
            case DELIVERED -> screen.aside("✓✓ " + receipt.user() + " has " + receipt.delivered());
            case NONE -> {}
        }
    }

    @Override
    public void onState(ConnectionState state) {
        switch (state.phase()) {
            case OPEN -> {
                lastTrouble = "";
                screen.aside("connected");
                onOpen.run();
            }
            case WAITING -> {
                String trouble = state.reason().isEmpty() ? "code " + state.code() : state.reason();
                if (!trouble.equals(lastTrouble)) {
                    lastTrouble = trouble;
                    screen.trouble("not connected: " + trouble + "; trying on");
                }
            }
            case STOPPED -> {
                if (state.code() != 0) {
                    screen.trouble("the server closed the session for good (" + state.code() + " " + state.reason()
                            + "); /quit and start again");
                }
            }
            case CONNECTING -> {}
        }
    }

    private void showMessage(Entry entry, Event.Message message, String where) {
        if (message.hidden()) {
            return;
        }
        boolean own = message.from().equals(self);
        String ticks = own ? roster.ticks(entry.conversation(), message.seq()) : "";
        String text =
                message.expired() ? Lines.EXPIRED : Lines.text(message.body()) + Lines.until(message.expiresAtMs());
        String from = roster.person(message.from());
        String line = where + Lines.message(entry.atMs(), message.seq(), from, ticks, text);
        if (own) {
            screen.line(line);
        } else {
            screen.theirs(line);
        }
    }
}
