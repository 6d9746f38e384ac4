package io.millrace.client.chat;

import io.millrace.client.chat.Input.Switch.What;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Reads a typed line. */
final class InputReader {
    /** Every command with its form and meaning, in the order help shows them. */
    static final List<String[]> COMMANDS = List.of(
            new String[] {"/to NAME", "talk to a user, or in a group (its title or id)"},
            new String[] {"/list", "your conversations, with what is unread"},
            new String[] {"/history [N]", "the last N messages here (20)"},
            new String[] {"/read", "everything here is read"},
            new String[] {"/edit SEQ TEXT", "change a message of yours"},
            new String[] {"/recall SEQ", "take a message of yours back"},
            new String[] {"/react SEQ EMOJI", "react to a message"},
            new String[] {"/group TITLE USER...", "make a group and go there"},
            new String[] {"/add USER...", "bring users into this group"},
            new String[] {"/remove USER", "take a user out of this group, or leave it yourself"},
            new String[] {"/title TEXT", "rename this group"},
            new String[] {"/delete SEQ", "do not show a message to me any more"},
            new String[] {"/clear", "do not show me what was said here so far"},
            new String[] {"/mute or /unmute", "leave this conversation out of the total of unread"},
            new String[] {"/pin or /unpin", "keep this conversation on top"},
            new String[] {"/hide or /unhide", "do not list this conversation until the next message"},
            new String[] {"/block or /unblock", "take no messages of this user, or take them again"},
            new String[] {"/role USER ROLE", "make somebody member, admin or owner of this group"},
            new String[] {"/silence USER|all MIN", "who may not write here for so many minutes (0: may again)"},
            new String[] {"/dissolve", "end this group"},
            new String[] {"/later TIME TEXT", "post a message later (10m, 2h, 1d, or 14:30)"},
            new String[] {"/waiting", "your messages that wait for their time here"},
            new String[] {"/unschedule NUMBER", "take one of them back"},
            new String[] {"/expire TIME|off", "what you write here from now on is shown for so long (10m, 1d)"},
            new String[] {"/contact [NAME]", "keep this user as a contact, and call it so"},
            new String[] {"/uncontact", "do not keep this user any more"},
            new String[] {"/contacts", "whom you keep"},
            new String[] {"/announce [TEXT]", "tell all members of this group, or tell them nothing any more"},
            new String[] {"/open or /unopen", "let everybody join this group, or those with a link alone"},
            new String[] {"/link [TIME]", "make a link that opens this group for so long (1d)"},
            new String[] {"/unlink ID", "take a link back"},
            new String[] {"/join GROUP [SECRET]", "join a group that is open, or by a link"},
            new String[] {"/invisible or /uninvisible", "let nobody know whether you are there"},
            new String[] {"/who", "who is in this conversation, and who of them is there"},
            new String[] {"/help", "this list"},
            new String[] {"/quit", "leave"});

    private InputReader() {}

    static Input read(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return new Input.Nothing();
        }
        if (!text.startsWith("/")) {
            return new Input.Say(text);
        }
        String[] words = text.split("\\s+");
        return switch (words[0]) {
            case "/to" -> words.length >= 2 ? new Input.To(rest(text, 1)) : wrong("/to");
            case "/group" -> words.length >= 3 ? new Input.Group(words[1], from(words, 2)) : wrong("/group");
            case "/add" -> words.length >= 2 ? new Input.Add(from(words, 1)) : wrong("/add");
            case "/remove" -> words.length == 2 ? new Input.Remove(words[1]) : wrong("/remove");
            case "/title" -> words.length >= 2 ? new Input.Title(rest(text, 1)) : wrong("/title");
            case "/list" -> new Input.Conversations();
            case "/history" -> history(words);
            case "/edit" ->
                words.length >= 3 && isSeq(words[1])
                        ? new Input.Edit(Long.parseLong(words[1]), rest(text, 2))
                        : wrong("/edit");
            case "/recall" ->
                words.length == 2 && isSeq(words[1]) ? new Input.Recall(Long.parseLong(words[1])) : wrong("/recall");
            case "/react" ->
                words.length == 3 && isSeq(words[1])
                        ? new Input.React(Long.parseLong(words[1]), words[2])
                        : wrong("/react");
            case "/read" -> new Input.Read();
            case "/delete" ->
                words.length == 2 && isSeq(words[1]) ? new Input.Delete(Long.parseLong(words[1])) : wrong("/delete");
            case "/clear" -> new Input.Clear();
            case "/mute", "/unmute" -> new Input.Switch(What.MUTE, !words[0].startsWith("/un"));
            case "/pin", "/unpin" -> new Input.Switch(What.PIN, !words[0].startsWith("/un"));
            case "/hide", "/unhide" -> new Input.Switch(What.HIDE, !words[0].startsWith("/un"));
            case "/block", "/unblock" -> new Input.Switch(What.BLOCK, !words[0].startsWith("/un"));
            case "/invisible", "/uninvisible" -> new Input.Switch(What.INVISIBLE, !words[0].startsWith("/un"));
            case "/later" -> later(words, text);
            case "/waiting" -> new Input.Waiting();
            case "/unschedule" ->
                words.length == 2 && isSeq(words[1])
                        ? new Input.Unschedule(Long.parseLong(words[1]))
                        : wrong("/unschedule");
            case "/expire" -> expire(words);
            case "/contact" -> new Input.Contact(words.length >= 2 ? rest(text, 1) : "");
            case "/uncontact" -> new Input.Uncontact();
            case "/contacts" -> new Input.Contacts();
            case "/announce" -> new Input.Announce(words.length >= 2 ? rest(text, 1) : "");
            case "/open", "/unopen" -> new Input.JoinRule(words[0].equals("/open"));
            case "/link" -> link(words);
            case "/unlink" -> words.length == 2 ? new Input.Unlink(words[1]) : wrong("/unlink");
            case "/join" -> join(words);
            case "/role" -> words.length == 3 ? new Input.SetRole(words[1], words[2]) : wrong("/role");
            case "/silence" ->
                words.length == 3 && words[2].matches("\\d{1,6}")
                        ? new Input.Silence(words[1].equals("all") ? "" : words[1], Long.parseLong(words[2]))
                        : wrong("/silence");
            case "/dissolve" -> new Input.Dissolve();
            case "/who" -> new Input.Who();
            case "/help" -> new Input.Help();
            case "/quit" -> new Input.Quit();
            default -> new Input.Wrong("no such command; /help shows all");
        };
    }

    private static Input later(String[] words, String text) {
        return words.length < 3
                ? wrong("/later")
                : Times.until(words[1], ZonedDateTime.now(ZoneId.systemDefault()))
                        .<Input>map(time -> new Input.Later(time, rest(text, 2)))
                        .orElseGet(() -> wrong("/later"));
    }

    private static Input expire(String[] words) {
        if (words.length == 2 && words[1].equals("off")) {
            return new Input.Expire(Duration.ZERO);
        }
        return words.length == 2
                ? Times.span(words[1]).<Input>map(Input.Expire::new).orElseGet(() -> wrong("/expire"))
                : wrong("/expire");
    }

    private static Input link(String[] words) {
        return Times.span(words.length == 1 ? "1d" : words[1])
                .<Input>map(Input.Link::new)
                .orElseGet(() -> wrong("/link"));
    }

    /** Takes what {@code /link} shows: group and secret with a comma, or a space, in between. */
    private static Input join(String[] words) {
        if (words.length < 2 || words.length > 3) {
            return wrong("/join");
        }
        String[] parts = words.length == 2 ? words[1].split(",", 2) : new String[] {words[1], words[2]};
        return new Input.Join(parts[0], parts.length == 2 ? parts[1] : null);
    }

    private static Input history(String[] words) {
        if (words.length == 1) {
            return new Input.History(20);
        }
        return words.length == 2 && words[1].matches("[1-9]\\d{0,2}")
                ? new Input.History(Math.min(200, Integer.parseInt(words[1])))
                : wrong("/history");
    }

    private static Input wrong(String command) {
        return COMMANDS.stream()
                .filter(form -> form[0].split(" ")[0].equals(command))
                .findFirst()
                .<Input>map(form -> new Input.Wrong(form[0]))
                .orElseThrow();
    }

    private static boolean isSeq(String word) {
        return word.matches("[1-9]\\d{0,17}");
    }

    private static List<String> from(String[] words, int first) {
        return List.of(words).subList(first, words.length);
    }

    /** What follows the given number of words, with its own spaces. */
    private static String rest(String text, int words) {
        return text.split("\\s+", words + 1)[words];
    }
}
