package io.millrace.timeline.replay;

import io.millrace.timeline.replay.ShadowDifference.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what came of the commands of one partition: first all of the live side is given, in order, then all of the
 * shadow's. The same command is one that has the same conversation, user and key. Versions are judged only where every
 * decision of the conversation agrees, for they follow from the decisions. Not thread-safe.
 */
final class DecisionComparison {
    private final EventPairs pairs;
    private final Map<String, Deque<Outcome>> waiting = new LinkedHashMap<>();
    private final List<ShadowDifference> differences = new ArrayList<>();
    private final Map<String, Long> lastLive = new HashMap<>();
    private final Map<String, ShadowDifference> renumbered = new LinkedHashMap<>();
    private final Set<String> differing = new HashSet<>();
    private long live;
    private long shadow;

    /** @param pairs told of every event */
    DecisionComparison(EventPairs pairs) {
        this.pairs = pairs;
    }

    void live(Outcome outcome) {
        live++;
        waiting.computeIfAbsent(outcome.asked(), asked -> new ArrayDeque<>()).addLast(outcome);
    }

    void shadow(Outcome outcome) {
        shadow++;
        var like = waiting.get(outcome.asked());
        if (like == null) {
            differ(Kind.ONLY_SHADOW, outcome, "nothing", outcome.text());
            onlyShadow(outcome);
            return;
        }
        var first = like.removeFirst();
        if (like.isEmpty()) {
            waiting.remove(outcome.asked());
        }
        judge(first, outcome);
    }

    /** After both sides were given. */
    List<ShadowDifference> differences() {
        waiting.values()
                .forEach(all -> all.forEach(outcome -> {
                    differ(Kind.ONLY_LIVE, outcome, outcome.text(), "nothing");
                    onlyLive(outcome);
                }));
        waiting.clear();
        renumbered.forEach((conversation, difference) -> {
            if (!differing.contains(conversation)) {
                differences.add(difference);
            }
        });
        renumbered.clear();
        return List.copyOf(differences);
    }

    long liveDecisions() {
        return live;
    }

    long shadowDecisions() {
        return shadow;
    }

    private void judge(Outcome one, Outcome other) {
        if (!one.decision().equals(other.decision())) {
            differ(Kind.DECISION, one, one.text(), other.text());
        } else if (!one.content().equals(other.content())) {
            differ(Kind.CONTENT, one, one.text(), other.text());
        }
        if (one.hasEvent() && other.hasEvent()) {
            pairs.pair(one.conversation(), one.version(), other.version());
            judgePlace(one, other);
        } else {
            onlyLive(one);
            onlyShadow(other);
        }
    }

    private void judgePlace(Outcome one, Outcome other) {
        var before = lastLive.merge(one.conversation(), one.version(), Math::max);
        if (before > one.version()) {
            differ(
                    Kind.ORDER,
                    one,
                    "version " + one.version(),
                    "version " + other.version() + ", after what is version " + before + " in the live log");
        } else if (one.version() != other.version()) {
            renumbered.putIfAbsent(
                    one.conversation(), new ShadowDifference(Kind.NUMBER, one.asked(), one.text(), other.text()));
        }
    }

    private void differ(Kind kind, Outcome about, String one, String other) {
        differing.add(about.conversation());
        differences.add(new ShadowDifference(kind, about.asked(), one, other));
    }

    private void onlyLive(Outcome outcome) {
        if (outcome.hasEvent()) {
            pairs.onlyLive(outcome.conversation(), outcome.version());
        }
    }

    private void onlyShadow(Outcome outcome) {
        if (outcome.hasEvent()) {
            pairs.onlyShadow(outcome.conversation(), outcome.version());
        }
    }
}
