package io.millrace.timeline.replay;

import java.util.List;

/**
 * Something on which the live router and a shadow do not agree.
 *
 * @param what which decision or which timeline
 * @param live what the live router made of it
 * @param shadow what the shadow made of it
 */
record ShadowDifference(Kind kind, String what, String live, String shadow) {
    /** In which way. */
    enum Kind {
        DECISION("decided otherwise"),
        CONTENT("same decision, other content"),
        ONLY_LIVE("decided by the live router alone"),
        ONLY_SHADOW("decided by the shadow alone"),
        ORDER("decided in another order"),
        NUMBER("same decisions, other versions"),
        ENTRY_ONLY_LIVE("timeline lacks an event in the shadow"),
        ENTRY_ONLY_SHADOW("timeline has an event in the shadow alone"),
        ENTRY_ORDER("timeline has the events in another order");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** For people. */
    List<String> lines() {
        return List.of("differs  " + what + ": " + kind.text(), "  live    " + live, "  shadow  " + shadow);
    }
}
