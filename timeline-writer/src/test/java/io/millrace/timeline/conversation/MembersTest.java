package io.millrace.timeline.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.id.ConversationId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final List<MemberChange> CHANGES = List.of(
            new MemberChange("alice", 1, true, "OWNER", 0),
            new MemberChange("bob", 1, true, "MEMBER", 0),
            new MemberChange("bob", 4, false, "", 2),
            new MemberChange("carol", 6, true, "MEMBER", 3),
            new MemberChange("carol", 8, true, "ADMIN", 3));

    @Test
    void shouldListMembersAsOfAVersion() {
        // When / Then
        assertThat(Members.after(3, CHANGES)).containsOnlyKeys("alice", "bob");
        assertThat(Members.after(4, CHANGES)).containsOnlyKeys("alice");
        assertThat(Members.after(7, CHANGES)).containsEntry("carol", "MEMBER");
        assertThat(Members.after(8, CHANGES)).containsEntry("carol", "ADMIN");
    }

    @Test
    void shouldListOneMemberInOwnNotes() {
        // When / Then
        assertThat(Members.ofDirect(new ConversationId("d:alice:alice"))).containsOnlyKeys("alice");
    }
}
