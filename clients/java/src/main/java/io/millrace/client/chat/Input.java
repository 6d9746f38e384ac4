package io.millrace.client.chat;

import java.util.List;

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

    /** Something that is switched, on or off. */
    record Switch(What what, boolean on) implements Input {
        enum What {
            MUTE,
            PIN,
            HIDE,
            BLOCK
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
