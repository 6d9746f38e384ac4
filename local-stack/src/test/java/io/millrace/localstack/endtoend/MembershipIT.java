package io.millrace.localstack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localstack.SharedStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may see what: nothing for strangers, nothing after the removal for those who were removed. */
@Timeout(120)
final class MembershipIT {
    private final SharedStack stack = SharedStack.running();
    private final String alice = Names.user("alice");
    private final String bob = Names.user("bob");
    private final String carol = Names.user("carol");
    private final String stranger = Names.user("stranger");

    @Test
    void shouldAnswerNotFoundToAStrangerEverywhere() {
        // Given
        RawHttp owner = RawHttp.of(stack.edge(0), alice);
        String group = group(owner);
        assertThat(say(owner, group, "secret").status()).isEqualTo(200);
        RawHttp outside = RawHttp.of(stack.edge(1), stranger);
        String direct = Names.direct(alice, bob);
        String nowhere = "g:01ARZ3NDEKTSV4RRFFQ69G5FAV";

        // When
        var answers = new ArrayList<RawHttp.Answer>();
        for (String conversation : List.of(group, direct, nowhere)) {
            answers.add(outside.get("/v1/conversations/" + conversation));
            answers.add(outside.get("/v1/conversations/" + conversation + "/messages?limit=10"));
            answers.add(outside.get("/v1/conversations/" + conversation + "/events?after=0&limit=10"));
            answers.add(say(outside, conversation, "let me in"));
        }
        answers.add(outside.post(
                "/v1/conversations/" + group + "/members",
                "{\"clientMessageId\":\"" + Names.key() + "\",\"users\":[\"" + stranger + "\"]}"));
        answers.add(
                outside.delete("/v1/conversations/" + group + "/members/" + bob + "?clientMessageId=" + Names.key()));

        // Then
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("not_found");
        });
        assertThat(outside.get("/v1/timeline?after=0").body().get("entries")).isEmpty();
    }

    @Test
    void shouldRejectEveryCommandOfAStrangerOverTheSocket() {
        // Given
        String group = group(RawHttp.of(stack.edge(0), alice));

        // When
        try (RawSocket socket = RawSocket.welcomed(stack.edge(1), stranger, "phone")) {
            List<String> fields = List.of(
                    "\"type\":\"edit\",\"seq\":1,\"body\":{\"kind\":\"text\",\"text\":\"x\"}",
                    "\"type\":\"recall\",\"seq\":1",
                    "\"type\":\"react\",\"seq\":1,\"emoji\":\"👍\",\"op\":\"add\"",
                    "\"type\":\"read\",\"seq\":1");
            for (int ref = 0; ref < fields.size(); ref++) {
                socket.send("{\"ref\":" + ref + ",\"clientMessageId\":\"" + Names.key() + "\",\"conversation\":\""
                        + group + "\"," + fields.get(ref) + "}");
            }

            // Then
            for (int ref = 0; ref < fields.size(); ref++) {
                int number = ref;
                JsonNode rejected =
                        socket.next("rejected", each -> each.get("ref").intValue() == number);
                assertThat(rejected.get("code").textValue()).as(fields.get(ref)).isEqualTo("not_found");
            }
        }
    }

    @Test
    void shouldShowARemovedMemberNothingLaterThanItsRemoval() {
        // Given
        RawHttp owner = RawHttp.of(stack.edge(0), alice);
        String group = group(owner);
        say(owner, group, "for all");

        // When
        RawHttp.Answer removal = await().atMost(Device.PATIENCE)
                .until(
                        () -> owner.delete(
                                "/v1/conversations/" + group + "/members/" + bob + "?clientMessageId=removal"),
                        each -> each.status() != 202);
        assertThat(removal.status()).as("%s", removal).isEqualTo(200);
        long leftAt = removal.body().get("version").longValue();
        say(owner, group, "not for bob");

        // Then
        RawHttp out = RawHttp.of(stack.edge(1), bob);
        RawHttp in = RawHttp.of(stack.edge(1), carol);
        await().atMost(Device.PATIENCE)
                .untilAsserted(() -> assertThat(texts(in, group)).containsExactly("for all", "not for bob"));
        assertThat(texts(out, group)).containsExactly("for all");
        JsonNode timeline = out.get("/v1/timeline?after=0&atLeast=3").body();
        assertThat(timeline.get("entries")).hasSize(3).allSatisfy(entry -> assertThat(
                        entry.get("version").longValue())
                .isLessThanOrEqualTo(leftAt));
        RawHttp.Answer rejected = say(out, group, "still here?");
        assertThat(rejected.status()).isEqualTo(403);
        assertThat(rejected.code()).isEqualTo("not_member");
    }

    @Test
    void shouldStopPushingToARemovedMemberAndBeginWithAnAddedOne() {
        // Given
        String dave = Names.user("dave");
        RawHttp owner = RawHttp.of(stack.edge(0), alice);
        String group = group(owner);
        try (RawSocket bobs = RawSocket.welcomed(stack.edge(1), bob, "phone");
                RawSocket daves = RawSocket.welcomed(stack.edge(0), dave, "phone")) {
            // When
            decided(() -> owner.delete("/v1/conversations/" + group + "/members/" + bob + "?clientMessageId=out"));
            decided(() -> owner.post(
                    "/v1/conversations/" + group + "/members",
                    "{\"clientMessageId\":\"in\",\"users\":[\"" + dave + "\"]}"));
            say(owner, group, "welcome dave");
            RawHttp.of(stack.edge(0), alice)
                    .post(
                            "/v1/messages",
                            "{\"clientMessageId\":\"bye\",\"to\":{\"user\":\"" + bob
                                    + "\"},\"body\":{\"kind\":\"text\",\"text\":\"bye\"}}");

            // Then
            JsonNode added = daves.entry(entry -> true);
            assertThat(added.get("event").get("added").get(0).textValue()).isEqualTo(dave);
            assertThat(daves.entry(entry -> true)
                            .get("event")
                            .get("body")
                            .get("text")
                            .textValue())
                    .isEqualTo("welcome dave");
            JsonNode removed = bobs.entry(entry -> true);
            assertThat(removed.get("event").get("removed").get(0).textValue()).isEqualTo(bob);
            assertThat(bobs.entry(entry -> true).get("conversation").textValue())
                    .isEqualTo(Names.direct(alice, bob));
        }
    }

    private String group(RawHttp owner) {
        return IdempotencyIT.created(owner, IdempotencyIT.groupBody(Names.key(), List.of(bob, carol)))
                .get("conversation")
                .textValue();
    }

    private static void decided(Callable<RawHttp.Answer> call) {
        RawHttp.Answer answer = await().atMost(Device.PATIENCE).until(call, each -> each.status() != 202);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static RawHttp.Answer say(RawHttp http, String conversation, String text) {
        return http.post(
                "/v1/messages",
                "{\"clientMessageId\":\"" + Names.key() + "\",\"to\":{\"conversation\":\"" + conversation
                        + "\"},\"body\":{\"kind\":\"text\",\"text\":\"" + text + "\"}}");
    }

    private static List<String> texts(RawHttp http, String conversation) {
        RawHttp.Answer answer = http.get("/v1/conversations/" + conversation + "/messages?after=0&limit=50");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        var texts = new ArrayList<String>();
        answer.body()
                .get("messages")
                .forEach(each -> texts.add(each.get("body").get("text").textValue()));
        return texts;
    }
}
