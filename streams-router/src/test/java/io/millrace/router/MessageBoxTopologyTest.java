package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.router.conversation.ConversationStores;
import io.millrace.router.user.UserStores;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.Decision;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.Delivery;
import io.millrace.schemas.record.TimelineEntry;
import io.millrace.schemas.record.UserCommand;
import io.millrace.schemas.record.UserCommandType;
import io.millrace.schemas.state.MessageState;
import io.millrace.schemas.state.TimelineState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sends, reads, recalls, deletions, joins, leaves and mutes of several users, decided by both topologies, against a
 * model that keeps whole sets and counts them.
 */
class MessageBoxTopologyTest {
    private static final int OPERATIONS = 10_000;
    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave");

    /** The reference: what is unread is counted, message by message. */
    private static final class Model {
        private final Map<String, List<Boolean>> recalled = new HashMap<>();
        private final Map<String, Set<String>> members = new HashMap<>();
        private final Map<String, Long> base = new HashMap<>();
        private final Map<String, Set<Long>> deleted = new HashMap<>();
        private final Set<String> muted = new HashSet<>();
        private final Map<String, Set<Long>> mentions = new HashMap<>();

        long last(String conversation) {
            return recalled.getOrDefault(conversation, List.of()).size();
        }

        void sent(String user, String conversation, List<String> mentioned) {
            recalled.computeIfAbsent(conversation, c -> new ArrayList<>()).add(false);
            mentioned.forEach(m -> mentions.computeIfAbsent(m + conversation, k -> new HashSet<>())
                    .add(last(conversation)));
            read(user, conversation, last(conversation));
        }

        void recalled(String conversation, long seq) {
            recalled.get(conversation).set((int) seq - 1, true);
        }

        void read(String user, String conversation, long seq) {
            base.merge(user + conversation, Math.min(seq, last(conversation)), Math::max);
        }

        void deleted(String user, String conversation, long seq) {
            deleted.computeIfAbsent(user + conversation, k -> new HashSet<>()).add(seq);
        }

        LongStream unread(String user, String conversation) {
            if (!members.getOrDefault(conversation, Set.of()).contains(user)) {
                return LongStream.empty();
            }
            var gone = deleted.getOrDefault(user + conversation, Set.of());
            return LongStream.rangeClosed(base.getOrDefault(user + conversation, 0L) + 1, last(conversation))
                    .filter(seq -> !recalled.get(conversation).get((int) seq - 1) && !gone.contains(seq));
        }

        long total(String user) {
            return members.keySet().stream()
                    .filter(conversation -> !muted.contains(user + conversation))
                    .mapToLong(conversation -> unread(user, conversation).count())
                    .sum();
        }
    }

    private final Model model = new Model();
    private final Map<String, TimelineEntry> told = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void shouldCountLikeTheModel(long seed) {
        var random = new Random(seed);
        try (var stages = new TwoStages(10)) {
            var groups = List.of(create(stages, "g1"), create(stages, "g2"));
            for (int i = 0; i < OPERATIONS; i++) {
                var user = any(random, USERS);
                var conversation = random.nextInt(3) == 0 ? direct(user, any(random, USERS)) : any(random, groups);
                if (random.nextInt(3) == 0) {
                    own(stages, random, user, conversation, i);
                } else {
                    shared(stages, random, user, conversation, "k" + i);
                }
                stages.entries().forEach(entry -> told.put(entry.getUser() + entry.getConversation(), entry));
                if (i % 50 == 0 || i == OPERATIONS - 1) {
                    compare(stages, seed, i);
                }
            }
            compareMessages(stages);
        }
    }

    private String create(TwoStages stages, String key) {
        var command = Commands.create("alice", key, "Trip", "bob", "carol");
        assertThat(stages.decide(command).getCode()).isEqualTo(DecisionCode.POSTED);
        model.members.put(command.getConversation(), new HashSet<>(List.of("alice", "bob", "carol")));
        return command.getConversation();
    }

    /** A command that all members see. */
    private void shared(TwoStages stages, Random random, String user, String conversation, String key) {
        long last = model.last(conversation);
        long seq = last == 0 ? 1 : 1 + random.nextInt((int) last);
        long recent = Math.max(1, last - random.nextInt(5));
        var other = any(random, USERS);
        boolean group = conversation.startsWith("g:");
        switch (random.nextInt(group ? 10 : 8)) {
            case 0 -> {
                var target = random.nextBoolean() ? seq : recent;
                if (happened(stages.decide(Commands.about(CommandType.RECALL, user, conversation, key, target)))) {
                    model.recalled(conversation, target);
                }
            }
            case 1 -> stages.decide(Commands.about(CommandType.REACT, user, conversation, key, recent));
            case 8 -> {
                var add = Commands.members(CommandType.ADD_MEMBERS, "alice", conversation, key, other);
                if (happened(stages.decide(add))) {
                    model.members.get(conversation).add(other);
                    model.read(other, conversation, last);
                }
            }
            case 9 -> {
                var leaver = other.equals("alice") ? "bob" : other; // so that somebody can add again
                var leave = Commands.members(CommandType.REMOVE_MEMBER, leaver, conversation, key, leaver);
                if (happened(stages.decide(leave))) {
                    model.members.get(conversation).remove(leaver);
                }
            }
            default -> {
                var mentioned = random.nextInt(4) == 0 ? List.of(other) : List.<String>of();
                var send = Commands.command(CommandType.SEND, user, conversation, key, "text " + key)
                        .setMentions(mentioned)
                        .build();
                if (happened(stages.decide(send))) {
                    if (!group) {
                        model.members.put(
                                conversation,
                                Set.copyOf(List.of(conversation.substring(2).split(":"))));
                    }
                    model.sent(user, conversation, mentioned.contains(user) ? List.of() : mentioned);
                }
            }
        }
    }

    /** Something that a user does to its own timeline, from any device. */
    private void own(TwoStages stages, Random random, String user, String conversation, int i) {
        long last = model.last(conversation);
        long seq = last == 0 ? 1 : 1 + random.nextInt((int) last);
        long recent = Math.max(1, last - random.nextInt(6));
        var command = Commands.user(UserCommandType.READ, user, conversation, "u" + i);
        switch (random.nextInt(8)) {
            case 0 -> {
                if (applied(stages, command.setType(UserCommandType.DELETE).setSeq(recent))) {
                    model.deleted(user, conversation, recent);
                }
            }
            case 1 -> {
                boolean muted = random.nextBoolean();
                if (applied(stages, command.setType(UserCommandType.SETTINGS).setMuted(muted))) {
                    if (muted) {
                        model.muted.add(user + conversation);
                    } else {
                        model.muted.remove(user + conversation);
                    }
                }
            }
            case 2 -> {
                if (applied(stages, command.setType(UserCommandType.SETTINGS).setClearedSeq(seq))) {
                    model.read(user, conversation, seq);
                }
            }
            case 3 ->
                applied(
                        stages,
                        command.setType(UserCommandType.SETTINGS)
                                .setDraft(ByteBuffer.wrap(("{\"d\":" + i + "}").getBytes(StandardCharsets.UTF_8))));
            default -> {
                if (applied(stages, command.setSeq(random.nextBoolean() ? seq : recent))) {
                    model.read(user, conversation, command.getSeq());
                }
            }
        }
    }

    private void compare(TwoStages stages, long seed, int operation) {
        for (var user : USERS) {
            var where = "seed %d, operation %d, %s".formatted(seed, operation, user);
            TimelineState timeline = stages.users(UserStores.TIMELINES, user);
            assertThat(timeline == null ? 0 : timeline.getTotalUnread())
                    .as(where)
                    .isEqualTo(model.total(user));
            for (var conversation : model.members.keySet()) {
                var entry = told.get(user + conversation);
                if (entry != null) {
                    var mentions = model.mentions.getOrDefault(user + conversation, Set.of());
                    assertThat(entry.getUnread())
                            .as("%s in %s", where, conversation)
                            .isEqualTo(model.unread(user, conversation).count());
                    assertThat(entry.getUnreadMentions())
                            .as("mentions of %s in %s", where, conversation)
                            .isEqualTo(model.unread(user, conversation)
                                    .filter(mentions::contains)
                                    .count());
                }
            }
        }
    }

    private void compareMessages(TwoStages stages) {
        model.recalled.forEach((conversation, all) -> {
            for (int seq = 1; seq <= all.size(); seq++) {
                var key = ByteBuffer.allocate(conversation.length() + 9)
                        .put(conversation.getBytes(StandardCharsets.UTF_8))
                        .put((byte) 0)
                        .putLong(seq)
                        .array();
                MessageState state = stages.conversations(ConversationStores.MESSAGES, key);
                assertThat(state.getRecalled()).isEqualTo(all.get(seq - 1));
            }
        });
    }

    private static boolean happened(Decision decision) {
        return decision.getCode() == DecisionCode.POSTED && !decision.getUnchanged();
    }

    private static boolean applied(TwoStages stages, UserCommand.Builder command) {
        return stages.apply(command.build()).stream()
                .map(Delivery::getDecision)
                .anyMatch(decision -> decision != null && happened(decision));
    }

    private static String direct(String one, String other) {
        return one.compareTo(other) <= 0 ? "d:" + one + ":" + other : "d:" + other + ":" + one;
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
