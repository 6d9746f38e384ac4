package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what: every action by everybody, with the code each gets. */
class RightsTopologyTest {
    /** Version of the first message that waits, olga's: after the group's first three events and four messages. */
    private static final long FIRST_LATER = 8;

    private static final Instant FAR = Instant.parse("2027-01-01T00:00:00Z");

    /** Every case has a group or users of its own there. */
    private static final TwoStages STAGES = new TwoStages(20);

    private static int cases;

    /** In the group: olga owns it, adam is an admin, mia a member, mute is muted; lea left it, sam never was in it. */
    private static final String GROUP = """
            action            | olga      | adam      | mia       | mute      | lea        | sam
            send              | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            reply             | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            mention           | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            mention stranger  | INVALID   | INVALID   | INVALID   | MUTED     | NOT_MEMBER | NOT_FOUND
            mention all       | POSTED    | POSTED    | FORBIDDEN | MUTED     | NOT_MEMBER | NOT_FOUND
            edit own          | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            edit other's      | FORBIDDEN | FORBIDDEN | FORBIDDEN | MUTED     | NOT_MEMBER | NOT_FOUND
            recall own        | POSTED    | POSTED    | POSTED    | POSTED    | NOT_MEMBER | NOT_FOUND
            recall other's    | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            react             | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            title             | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            add               | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            leave             | POSTED    | POSTED    | POSTED    | POSTED    | NOT_MEMBER | NOT_FOUND
            remove member     | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            remove admin      | POSTED    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            remove owner      | -         | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            promote           | POSTED    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            demote            | POSTED    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            hand over         | POSTED    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            step down         | FORBIDDEN | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            mute member       | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            mute admin        | FORBIDDEN | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            mute all          | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            dissolve          | POSTED    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            announce          | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            open              | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            make link         | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            revoke link       | POSTED    | POSTED    | FORBIDDEN | FORBIDDEN | NOT_MEMBER | NOT_FOUND
            join              | unchanged | unchanged | unchanged | unchanged | NOT_FOUND  | NOT_FOUND
            join by link      | unchanged | unchanged | unchanged | unchanged | POSTED     | POSTED
            join by dead link | unchanged | unchanged | unchanged | unchanged | NOT_FOUND  | NOT_FOUND
            send later        | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            unschedule own    | POSTED    | POSTED    | POSTED    | POSTED    | NOT_MEMBER | NOT_FOUND
            unschedule other's | INVALID  | INVALID   | INVALID   | INVALID   | NOT_MEMBER | NOT_FOUND
            send expiring     | POSTED    | POSTED    | POSTED    | MUTED     | NOT_MEMBER | NOT_FOUND
            send expired      | INVALID   | INVALID   | INVALID   | MUTED     | NOT_MEMBER | NOT_FOUND
            call              | unchanged | unchanged | unchanged | MUTED     | NOT_MEMBER | NOT_FOUND
            system message    | FORBIDDEN | FORBIDDEN | FORBIDDEN | MUTED     | NOT_MEMBER | NOT_FOUND
            block             | INVALID   | INVALID   | INVALID   | INVALID   | NOT_MEMBER | NOT_FOUND
            """;

    /** Between ann and ben, where ann has blocked ben; between cat and dan, where nobody has; eve is neither. */
    private static final String DIRECT = """
            action            | ann       | ben       | cat       | eve
            send              | FORBIDDEN | BLOCKED   | POSTED    | NOT_FOUND
            edit own          | FORBIDDEN | BLOCKED   | POSTED    | NOT_FOUND
            edit other's      | FORBIDDEN | BLOCKED   | FORBIDDEN | NOT_FOUND
            recall own        | POSTED    | POSTED    | POSTED    | NOT_FOUND
            recall other's    | FORBIDDEN | FORBIDDEN | FORBIDDEN | NOT_FOUND
            react             | FORBIDDEN | BLOCKED   | POSTED    | NOT_FOUND
            mention all       | FORBIDDEN | BLOCKED   | FORBIDDEN | NOT_FOUND
            block             | unchanged | POSTED    | POSTED    | NOT_FOUND
            unblock           | POSTED    | unchanged | unchanged | NOT_FOUND
            title             | INVALID   | INVALID   | INVALID   | NOT_FOUND
            add               | INVALID   | INVALID   | INVALID   | NOT_FOUND
            promote           | INVALID   | INVALID   | INVALID   | NOT_FOUND
            mute all          | INVALID   | INVALID   | INVALID   | NOT_FOUND
            dissolve          | INVALID   | INVALID   | INVALID   | NOT_FOUND
            announce          | INVALID   | INVALID   | INVALID   | NOT_FOUND
            make link         | INVALID   | INVALID   | INVALID   | NOT_FOUND
            join              | INVALID   | INVALID   | INVALID   | NOT_FOUND
            send later        | FORBIDDEN | BLOCKED   | POSTED    | NOT_FOUND
            call              | FORBIDDEN | BLOCKED   | unchanged | NOT_FOUND
            """;

    @AfterAll
    static void close() {
        STAGES.close();
    }

    static Stream<Arguments> inAGroup() {
        return rows(GROUP);
    }

    static Stream<Arguments> betweenTwo() {
        return rows(DIRECT);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("inAGroup")
    void shouldDecideInAGroup(String action, String user, String expected) {
        // Given
        var create = Commands.create("olga", "g" + cases++, "Trip", "adam", "mia", "mute", "lea", "max");
        var group = create.getConversation();
        STAGES.decide(create);
        STAGES.decide(role("olga", group, "k1", "adam", Role.ADMIN));
        STAGES.decide(Commands.members(CommandType.REMOVE_MEMBER, "lea", group, "k2", "lea"));
        for (var author : List.of("olga", "adam", "mia", "mute")) {
            STAGES.decide(Commands.send(author, group, "by-" + author, "hello"));
        }
        for (var author : List.of("olga", "adam", "mia", "mute")) {
            STAGES.decide(later(author, group, "later-by-" + author));
        }
        STAGES.decide(link("olga", group, "k4", "live", FAR));
        STAGES.decide(mute("olga", group, "k3", "mute"));
        long own = List.of("olga", "adam", "mia", "mute").indexOf(user) + 1;

        // When
        var decision = STAGES.decide(command(action, user, group, Math.max(1, own), own == 3 ? 1 : 3));

        // Then
        assertThat(name(decision)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("betweenTwo")
    void shouldDecideBetweenTwo(String action, String user, String expected) {
        // Given
        var n = "-" + cases++;
        var blocked = direct("ann" + n, "ben" + n);
        var free = direct("cat" + n, "dan" + n);
        STAGES.decide(Commands.send("ann" + n, blocked, "k1", "hello"));
        STAGES.decide(Commands.send("ben" + n, blocked, "k2", "hello"));
        STAGES.decide(Commands.send("cat" + n, free, "k1", "hello"));
        STAGES.decide(Commands.send("dan" + n, free, "k2", "hello"));
        STAGES.decide(Commands.command(CommandType.BLOCK, "ann" + n, blocked, "k3", "block")
                .build());
        var conversation = user.equals("cat") ? free : blocked;
        boolean first = !user.equals("ben");

        // When
        var decision = STAGES.decide(command(action, user + n, conversation, first ? 1 : 2, first ? 2 : 1));

        // Then
        assertThat(name(decision)).isEqualTo(expected);
    }

    private static String direct(String one, String other) {
        return "d:" + one + ":" + other;
    }

    private static Command command(String action, String user, String conversation, long own, long others) {
        return switch (action) {
            case "send" -> Commands.send(user, conversation, "k", "text");
            case "reply" ->
                Commands.command(CommandType.SEND, user, conversation, "k", "text")
                        .setReplyTo(1L)
                        .build();
            case "mention" ->
                Commands.command(CommandType.SEND, user, conversation, "k", "text")
                        .setMentions(List.of("olga"))
                        .build();
            case "mention stranger" ->
                Commands.command(CommandType.SEND, user, conversation, "k", "text")
                        .setMentions(List.of("sam"))
                        .build();
            case "mention all" ->
                Commands.command(CommandType.SEND, user, conversation, "k", "text")
                        .setMentionAll(true)
                        .build();
            case "edit own" -> Commands.about(CommandType.EDIT, user, conversation, "k", own);
            case "edit other's" -> Commands.about(CommandType.EDIT, user, conversation, "k", others);
            case "recall own" -> Commands.about(CommandType.RECALL, user, conversation, "k", own);
            case "recall other's" -> Commands.about(CommandType.RECALL, user, conversation, "k", others);
            case "react" -> Commands.about(CommandType.REACT, user, conversation, "k", others);
            case "title" ->
                Commands.command(CommandType.SET_TITLE, user, conversation, "k", "title")
                        .setTitle("Journey")
                        .build();
            case "add" -> Commands.members(CommandType.ADD_MEMBERS, user, conversation, "k", "new");
            case "leave" -> Commands.members(CommandType.REMOVE_MEMBER, user, conversation, "k", user);
            case "remove member" -> Commands.members(CommandType.REMOVE_MEMBER, user, conversation, "k", "max");
            case "remove admin" ->
                user.equals("adam") // an admin who leaves does not remove one
                        ? Commands.members(CommandType.REMOVE_MEMBER, user, conversation, "k", "olga")
                        : Commands.members(CommandType.REMOVE_MEMBER, user, conversation, "k", "adam");
            case "remove owner" -> Commands.members(CommandType.REMOVE_MEMBER, user, conversation, "k", "olga");
            case "promote" -> role(user, conversation, "k", "max", Role.ADMIN);
            case "demote" -> role(user, conversation, "k", "adam", Role.MEMBER);
            case "hand over" -> role(user, conversation, "k", "max", Role.OWNER);
            case "step down" -> role(user, conversation, "k", user, Role.MEMBER);
            case "mute member" -> mute(user, conversation, "k", "max");
            case "mute admin" -> mute(user, conversation, "k", "adam");
            case "mute all" -> mute(user, conversation, "k");
            case "dissolve" ->
                Commands.command(CommandType.DISSOLVE, user, conversation, "k", "")
                        .build();
            case "block" ->
                Commands.command(CommandType.BLOCK, user, conversation, "k", "").build();
            case "unblock" ->
                Commands.command(CommandType.UNBLOCK, user, conversation, "k", "")
                        .build();
            case "announce" ->
                Commands.command(CommandType.SET_GROUP, user, conversation, "k", "announce")
                        .setAnnouncement("Bring boots")
                        .build();
            case "open" ->
                Commands.command(CommandType.SET_GROUP, user, conversation, "k", "open")
                        .setJoinRule(JoinRule.OPEN)
                        .build();
            case "make link" -> link(user, conversation, "k", "new", FAR);
            case "revoke link" -> link(user, conversation, "k", "live", null);
            case "join" ->
                Commands.command(CommandType.JOIN, user, conversation, "k", "join")
                        .build();
            case "join by link" -> join(user, conversation, "live");
            case "join by dead link" -> join(user, conversation, "dead");
            case "send later" -> later(user, conversation, "k");
            case "unschedule own" -> unschedule(user, conversation, FIRST_LATER + own - 1);
            case "unschedule other's" -> unschedule(user, conversation, FIRST_LATER + others - 1);
            case "send expiring" -> expiring(user, conversation, FAR);
            case "send expired" -> expiring(user, conversation, Instant.EPOCH);
            case "call" -> ofKind(user, conversation, "call");
            case "system message" -> ofKind(user, conversation, "system");
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static Command role(String user, String group, String key, String whose, Role role) {
        return Commands.command(CommandType.SET_ROLE, user, group, key, whose + role)
                .setUsers(List.of(whose))
                .setRole(role)
                .build();
    }

    private static Command mute(String user, String group, String key, String... users) {
        return Commands.command(CommandType.MUTE, user, group, key, Arrays.toString(users))
                .setUsers(List.of(users))
                .setUntil(FAR)
                .build();
    }

    private static Command later(String user, String conversation, String key) {
        return Commands.command(CommandType.SEND, user, conversation, key, "later")
                .setSendAt(FAR)
                .build();
    }

    private static Command unschedule(String user, String conversation, long version) {
        return Commands.command(CommandType.UNSCHEDULE, user, conversation, "k", "unschedule")
                .setTargetVersion(version)
                .build();
    }

    private static Command expiring(String user, String conversation, Instant at) {
        return Commands.command(CommandType.SEND, user, conversation, "k", "for a while")
                .setExpiresAt(at)
                .build();
    }

    private static Command ofKind(String user, String conversation, String kind) {
        return Commands.command(CommandType.SEND, user, conversation, "k", kind)
                .setBodyKind(kind)
                .build();
    }

    private static Command link(String user, String group, String key, String link, @Nullable Instant until) {
        return Commands.command(CommandType.LINK, user, group, key, link)
                .setLink(link)
                .setUntil(until)
                .build();
    }

    private static Command join(String user, String group, String link) {
        return Commands.command(CommandType.JOIN, user, group, "k", link)
                .setLink(link)
                .build();
    }

    private static String name(Decision decision) {
        return decision.getCode() == DecisionCode.POSTED && decision.getUnchanged()
                ? "unchanged"
                : decision.getCode().name();
    }

    /** One case per cell; a hyphen stands for what cannot be. */
    private static Stream<Arguments> rows(String table) {
        var lines = table.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        var users = lines.get(0);
        var cases = new ArrayList<Arguments>();
        for (var line : lines.subList(1, lines.size())) {
            for (int i = 1; i < line.size(); i++) {
                if (!line.get(i).equals("-")) {
                    cases.add(Arguments.of(line.get(0), users.get(i), line.get(i)));
                }
            }
        }
        return cases.stream();
    }
}
