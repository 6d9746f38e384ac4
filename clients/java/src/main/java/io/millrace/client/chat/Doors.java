package io.millrace.client.chat;

import io.millrace.client.MillraceClient;
import io.millrace.client.http.GroupChange;

/** Carries out who may come into a group by itself, and what is told to those who are in. */
final class Doors {
    private final MillraceClient client;
    private final Screen screen;
    private final Answers answers;

    Doors(MillraceClient client, Screen screen, Answers answers) {
        this.client = client;
        this.screen = screen;
        this.answers = answers;
    }

    /** False if the input is none of these. */
    boolean carryOut(Input input, String here) {
        if (input instanceof Input.Announce announce) {
            answers.report(client.changeGroup(here, GroupChange.announcement(announce.text())));
        } else if (input instanceof Input.JoinRule rule) {
            answers.report(client.changeGroup(here, GroupChange.joinRule(rule.open() ? "open" : "invitation")));
        } else if (input instanceof Input.Link link) {
            link(here, System.currentTimeMillis() + link.time().toMillis());
        } else if (input instanceof Input.Unlink unlink) {
            answers.report(client.revokeLink(here, unlink.link()));
        } else {
            return false;
        }
        return true;
    }

    private void link(String here, long untilMs) {
        answers.show(client.createLink(here, untilMs), link -> {
            screen.line("  /join " + here + "," + link.secret());
            screen.aside("  opens this group until " + Lines.when(link.untilMs()) + "; /unlink " + link.id()
                    + " takes it back");
        });
    }
}
