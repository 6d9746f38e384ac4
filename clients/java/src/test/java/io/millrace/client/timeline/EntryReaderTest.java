package io.millrace.client.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.frame.Json;
import io.millrace.client.frame.MalformedFrameException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryReaderTest {
    @Test
    void shouldReadAnOwnMessage() {
        // When
        Entry entry = EntryReader.read(
                Json.parseObject(
                        "{\"type\":\"entry\",\"position\":58,"
                                + "\"conversation\":\"d:alice:bob\",\"version\":14,\"at\":1790000000000,\"event\":{\"kind\":\"message\","
                                + "\"seq\":12,\"messageId\":\"01J\",\"from\":\"alice\",\"body\":{\"kind\":\"text\",\"text\":\"hi\"},"
                                + "\"replyTo\":null,\"mentions\":[\"bob\"],\"clientMessageId\":\"c-1\",\"device\":\"phone\",\"new\":1}}"));

        // Then
        assertThat(entry.position()).isEqualTo(58);
        assertThat(entry.version()).isEqualTo(14);
        assertThat(entry.clientMessageId()).isEqualTo("c-1");
        assertThat(entry.device()).isEqualTo("phone");
        var message = (Event.Message) entry.event();
        assertThat(message.seq()).isEqualTo(12);
        assertThat(message.mentions()).containsExactly("bob");
        assertThat(message.replyTo()).isNull();
        assertThat(entry.toString()).doesNotContain("hi");
    }

    @Test
    void shouldReadEveryKind() {
        assertThat(event("{\"kind\":\"edited\",\"seq\":1,\"body\":{\"kind\":\"text\"},\"by\":\"bob\"}"))
                .isInstanceOf(Event.Edited.class);
        assertThat(event("{\"kind\":\"recalled\",\"seq\":1,\"by\":\"bob\"}")).isEqualTo(new Event.Recalled(1, "bob"));
        assertThat(event("{\"kind\":\"reaction\",\"seq\":1,\"emoji\":\"👍\",\"op\":\"remove\",\"by\":\"bob\"}"))
                .isEqualTo(new Event.Reaction(1, "👍", false, "bob"));
        assertThat(event("{\"kind\":\"read\",\"seq\":4}")).isEqualTo(new Event.Read(4));
        assertThat(event("{\"kind\":\"members\",\"added\":[\"bob\"],\"removed\":[],\"by\":\"alice\",\"title\":\"team\","
                        + "\"roles\":{\"bob\":\"member\"}}"))
                .isEqualTo(new Event.Members(List.of("bob"), List.of(), Map.of("bob", "member"), "team", "alice"));
        assertThat(event("{\"kind\":\"conversation\",\"title\":\"team\"}"))
                .isEqualTo(new Event.ConversationChanged("team", null, null, null));
        assertThat(event("{\"kind\":\"unreadable\"}")).isEqualTo(new Event.Unreadable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"hologram\",\"seq\":1}", "{\"kind\":\"message\",\"seq\":\"one\"}"})
    void shouldPassOverWhatItDoesNotKnow(String event) {
        assertThat(event(event)).isInstanceOf(Event.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"position\":1,\"conversation\":\"d:a:b\"}", "{\"event\":{\"kind\":\"read\"}}"})
    void shouldRefuseWhatIsNoEntry(String entry) {
        assertThatThrownBy(() -> EntryReader.read(Json.parseObject(entry))).isInstanceOf(MalformedFrameException.class);
    }

    private static Event event(String event) {
        return EntryReader.read(Json.parseObject(
                        "{\"position\":1,\"conversation\":\"g:1\",\"version\":1,\"at\":5,\"event\":" + event + "}"))
                .event();
    }

    @Test
    void shouldReadWhatIsUnread() {
        // When
        var entry = EntryReader.read(Json.parseObject("""
                {"position":5,"conversation":"d:alice:bob","version":null,"at":1,"unread":2,"unreadMentions":1,
                 "totalUnread":7,"request":true,
                 "event":{"kind":"settings","muted":true,"pinned":false,"hidden":false,"clearedSeq":3,"draft":null,"contact":true,"alias":"Al","invisible":false,
                 "deletedSeq":4}}"""));

        // Then
        assertThat(entry.unread()).isEqualTo(new Unread(2, 1, 7));
        assertThat(entry.request()).isTrue();
        assertThat(entry.event())
                .isEqualTo(new Event.SettingsChanged(new Settings(true, false, false, 3, null, true, "Al", false), 4L));
    }

    @Test
    void shouldReadWhatWaitsAndWhatEnds() {
        // When
        var later = (Event.Scheduled) event("""
                {"kind":"scheduled","body":{"kind":"text","text":"secret"},"replyTo":null,"mentions":["bob"],
                 "mentionAll":true,"sendAt":9,"expiresAt":12,"by":"alice","clientMessageId":"c-1"}""");
        var ended = (Event.Message) event("""
                {"kind":"message","seq":1,"messageId":"m","from":"alice","expiresAt":12,"expired":true,
                 "notify":false,"counted":false,"scheduled":4}""");
        var usual = (Event.Message) event("{\"kind\":\"message\",\"seq\":1,\"messageId\":\"m\",\"from\":\"alice\"}");

        // Then
        assertThat(later.sendAtMs()).isEqualTo(9);
        assertThat(later.expiresAtMs()).isEqualTo(12);
        assertThat(later.mentionAll()).isTrue();
        assertThat(later.toString()).doesNotContain("secret");
        assertThat(ended)
                .isEqualTo(new Event.Message(
                        1, "m", "alice", null, false, null, List.of(), false, false, true, false, 12L, true, 4L));
        assertThat(usual.silent()).isFalse();
        assertThat(usual.counted()).isTrue();
        assertThat(usual.expiresAtMs()).isNull();
        assertThat(event("{\"kind\":\"unscheduled\",\"scheduled\":4,\"code\":\"muted\",\"by\":\"alice\"}"))
                .isEqualTo(new Event.Unscheduled(4, "muted"));
    }

    @Test
    void shouldReadWhatOpensAGroup() {
        assertThat(event("{\"kind\":\"link\",\"link\":\"l-1\",\"until\":9,\"by\":\"alice\"}"))
                .isEqualTo(new Event.Link("l-1", 9L, "alice"));
        assertThat(event("{\"kind\":\"conversation\",\"announcement\":\"tea\",\"joinRule\":\"open\",\"by\":\"alice\"}"))
                .isEqualTo(new Event.ConversationChanged(null, "tea", "open", "alice"));
    }

    @Test
    void shouldReadWhatAnAdministratorDoes() {
        assertThat(event("{\"kind\":\"muted\",\"users\":[\"bob\"],\"until\":9,\"by\":\"alice\"}"))
                .isEqualTo(new Event.Muted(List.of("bob"), 9L, "alice"));
        assertThat(event("{\"kind\":\"dissolved\",\"removed\":[\"bob\"],\"by\":\"alice\"}"))
                .isEqualTo(new Event.Dissolved("alice"));
        assertThat(event("{\"kind\":\"unblocked\",\"by\":\"alice\"}")).isEqualTo(new Event.Blocked(false));
    }
}
