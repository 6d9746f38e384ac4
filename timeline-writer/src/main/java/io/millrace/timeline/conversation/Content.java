package io.millrace.timeline.conversation;

/** What of a message may be shown to one user. */
public enum Content {
    /** Its body as it stands now. */
    BODY,
    /** That it was recalled. */
    RECALLED,
    /** That it has expired. */
    EXPIRED,
    /** Only that it was there: its content is younger than the user's membership, or cannot be read. */
    UNREADABLE,
    /** Nothing yet: its content is younger than the applied version. */
    PENDING;

    public static Content of(StoredMessage message, Visibility visibility) {
        if (visibility.pending(message.contentVersion())) {
            return PENDING;
        }
        if (!visibility.sees(message.contentVersion())) {
            return UNREADABLE;
        }
        if (message.recalled()) {
            return RECALLED;
        }
        if (message.traits().expired()) {
            return EXPIRED;
        }
        return message.body() == null || message.bodyKey() != null ? UNREADABLE : BODY;
    }
}
