package io.millrace.client.chat;

import io.millrace.client.chat.Input.Switch.What;
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
            new String[] {"/who", "who is in this conversation"},
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
                .filter(form -> form[0].startsWith(command))
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
