package io.millrace.client.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody typed. */
sealed interface Input {
    /** A line that is no command. */
    record Say(String text) implements Input {}

    record To(String name) implements Input {}

    record Group(String title, List<String> members) implements Input {}

    record Add(List<String> users) implements Input {}

    record Remove(String user) implements Input {}

    record Title(String title) implements Input {}

    record Conversations() implements Input {}

    record History(int count) implements Input {}

    record Edit(long seq, String text) implements Input {}

    record Recall(long seq) implements Input {}

    record React(long seq, String emoji) implements Input {}

    record Read() implements Input {}

    record Delete(long seq) implements Input {}

    record Clear() implements Input {}

    /** @param time from now until it is posted */
    record Later(Duration time, String text) implements Input {}

    /** What waits here. */
    record Waiting() implements Input {}

    record Unschedule(long version) implements Input {}

    /** @param time how long what is written here is shown; zero for ever */
    record Expire(Duration time) implements Input {}

    /** @param alias what the user calls the other one; empty for as it is */
    record Contact(String alias) implements Input {}

    record Uncontact() implements Input {}

    record Contacts() implements Input {}

    /** @param text empty takes the announcement away */
    record Announce(String text) implements Input {}

    /** @param open whether everybody may join */
    record JoinRule(boolean open) implements Input {}

    record Link(Duration time) implements Input {}

    record Unlink(String link) implements Input {}

    /** @param secret of a link; null for a group that is open */
    record Join(String conversation, @Nullable String secret) implements Input {}

    /** Something that is switched, on or off. */
    record Switch(What what, boolean on) implements Input {
        enum What {
            MUTE,
            PIN,
            HIDE,
            BLOCK,
            INVISIBLE
        }
    }

    record SetRole(String user, String role) implements Input {}

    /** @param user empty for everybody; {@code minutes} 0 lets them send again */
    record Silence(String user, long minutes) implements Input {}

    record Dissolve() implements Input {}

    record Who() implements Input {}

    record Help() implements Input {}

    record Quit() implements Input {}

    record Nothing() implements Input {}

    /** A command that cannot be carried out; says how it is written. */
    record Wrong(String usage) implements Input {}
}
