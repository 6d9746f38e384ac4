package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.record.Command;
import io.millrace.schemas.record.CommandType;
import io.millrace.schemas.record.DecisionCode;
import io.millrace.schemas.record.EventKind;
import io.millrace.schemas.record.JoinRule;
import io.millrace.schemas.record.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joining by oneself: by a link that lives, and where a group is open. */
class JoinTopologyTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TwoStages stages = new TwoStages(3);
    private final Command create = Commands.create("olga", "g", "Trip", "adam");
    private final String group = create.getConversation();

    @BeforeEach
    void make() {
        stages.decide(create);
        stages.entries();
    }

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void shouldTellOfALinkToOwnerAndAdminsAlone() {
        // When
        stages.decide(link("k1", START.plus(HOUR)));

        // Then
        assertThat(stages.entries())
                .extracting(TimelineEntry::getUser, TimelineEntry::getKind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("olga", EventKind.LINK));
    }

    @Test
    void shouldJoinByALinkUntilItEnds() {
        // Given
        stages.decide(link("k1", START.plus(HOUR)));

        // When
        var inTime = stages.decide(join("sam", "j1", "secret"));
        stages.decide(Commands.members(CommandType.REMOVE_MEMBER, "sam", group, "l1", "sam"));
        stages.later(HOUR);
        var late = stages.decide(join("sam", "j2", "secret"));

        // Then
        assertThat(inTime.getCode()).isEqualTo(DecisionCode.POSTED);
        assertThat(late.getCode()).isEqualTo(DecisionCode.NOT_FOUND);
    }

    @Test
    void shouldNotJoinByALinkThatWasRevoked() {
        // Given
        stages.decide(link("k1", START.plus(HOUR)));
        stages.decide(link("k2", null));

        // Then
        assertThat(stages.decide(join("sam", "j1", "secret")).getCode()).isEqualTo(DecisionCode.NOT_FOUND);
    }

    @Test
    void shouldLetEverybodyIntoAnOpenGroupButNotWhomSomebodyRemoved() {
        // Given
        stages.decide(Commands.command(CommandType.SET_GROUP, "olga", group, "k1", "open")
                .setJoinRule(JoinRule.OPEN)
                .build());
        stages.decide(join("sam", "j1", null));
        stages.decide(Commands.members(CommandType.REMOVE_MEMBER, "olga", group, "k2", "sam"));

        // When
        var back = stages.decide(join("sam", "j2", null));
        stages.decide(Commands.members(CommandType.ADD_MEMBERS, "olga", group, "k3", "sam"));
        stages.decide(Commands.members(CommandType.REMOVE_MEMBER, "sam", group, "l1", "sam"));
        var afterBeingAdded = stages.decide(join("sam", "j3", null));

        // Then
        assertThat(back.getCode()).isEqualTo(DecisionCode.FORBIDDEN);
        assertThat(afterBeingAdded.getCode()).isEqualTo(DecisionCode.POSTED);
    }

    @Test
    void shouldKeepTheLargestSizeAndCountFromTheJoin() {
        // Given
        stages.decide(Commands.command(CommandType.SET_GROUP, "olga", group, "k1", "open")
                .setJoinRule(JoinRule.OPEN)
                .build());
        stages.decide(Commands.send("olga", group, "m1", "before"));
        stages.decide(join("sam", "j1", null));
        stages.entries();

        // When
        var full = stages.decide(join("tom", "j1", null));
        stages.decide(Commands.send("olga", group, "m2", "after"));

        // Then
        assertThat(full.getCode()).isEqualTo(DecisionCode.INVALID);
        assertThat(stages.entries())
                .filteredOn(entry -> entry.getUser().equals("sam"))
                .extracting(TimelineEntry::getUnread)
                .containsExactly(1L);
    }

    @Test
    void shouldLetNobodyIntoAGroupThatWasDissolved() {
        // Given
        stages.decide(Commands.command(CommandType.SET_GROUP, "olga", group, "k1", "open")
                .setJoinRule(JoinRule.OPEN)
                .build());
        stages.decide(
                Commands.command(CommandType.DISSOLVE, "olga", group, "k2", "").build());

        // Then
        assertThat(stages.decide(join("sam", "j1", null)).getCode()).isEqualTo(DecisionCode.NOT_FOUND);
    }

    private Command link(String key, @Nullable Instant until) {
        return Commands.command(CommandType.LINK, "olga", group, key, "link " + until)
                .setLink("secret")
                .setUntil(until)
                .build();
    }

    private Command join(String user, String key, @Nullable String link) {
        return Commands.command(CommandType.JOIN, user, group, key, "join " + link)
                .setLink(link)
                .build();
    }
}
