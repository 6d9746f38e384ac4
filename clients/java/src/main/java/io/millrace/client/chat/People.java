package io.millrace.client.chat;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.Contact;
import io.millrace.client.http.ConversationDetails;
import java.util.Locale;

/** Carries out what has to do with other people: whom the user keeps, who is in, who is there. */
final class People {
    private final MillraceClient client;
    private final Screen screen;
    private final Answers answers;
    private final Roster roster;
    private final Sightings sightings;

    People(MillraceClient client, Screen screen, Answers answers, Roster roster, Sightings sightings) {
        this.client = client;
        this.screen = screen;
        this.answers = answers;
        this.roster = roster;
        this.sightings = sightings;
    }

    /** False if the input is none of these. */
    boolean carryOut(Input input, String here) {
        if (input instanceof Input.Contact contact) {
            answers.report(client.contact(here, true, contact.alias().isEmpty() ? null : contact.alias()));
        } else if (input instanceof Input.Uncontact) {
            answers.report(client.contact(here, false, ""));
        } else if (input instanceof Input.Who) {
            // Asked again: what was heard may be old, and what comes shows by itself.
            client.watchPresence(here);
            answers.show(client.conversation(here), this::who);
        } else {
            return false;
        }
        return true;
    }

    /** Whom the user keeps; also those to whom nothing was ever said. */
    void refresh() {
        answers.show(client.contacts(0), roster::onContacts);
    }

    void list() {
        answers.show(client.contacts(0), page -> {
            roster.onContacts(page);
            page.contacts().forEach(this::show);
            if (page.contacts().isEmpty()) {
                screen.aside("you keep nobody: /contact");
            }
        });
    }

    private void show(Contact contact) {
        screen.line(String.format(Locale.ROOT, "  %-24s %s", contact.user(), contact.alias()));
    }

    private void who(ConversationDetails details) {
        details.members().forEach((user, role) -> {
            String name = roster.person(user);
            screen.aside("  " + user + (name.equals(user) ? "" : " (" + name + ")") + " "
                    + role.toLowerCase(Locale.ROOT) + " " + sightings.of(user));
        });
        if (details.announcement() != null && !details.announcement().isEmpty()) {
            screen.aside("  announced: " + details.announcement());
        }
        if ("open".equals(details.joinRule())) {
            screen.aside("  everybody may join");
        }
        details.links().forEach((id, untilMs) -> screen.aside("  link " + id + " until " + Lines.when(untilMs)));
    }
}
