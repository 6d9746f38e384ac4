package io.millrace.schemas.body;

import io.millrace.schemas.record.ConversationEvent;
import io.millrace.schemas.record.UserKey;
import io.millrace.schemas.record.UserKeyState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the topic {@code user-keys} says, applied record by record in the order of the log. Everybody who read the same
 * has the same: a user's bodies are encrypted with its first key, and an erased user has none, whichever of its keys came
 * before or after. One thread applies; questions are asked from any.
 */
public final class KeyRing {
    private static final String KEY = "key:";
    private static final String USER = "user:";

    private final Map<String, BodyKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();

    /**
     * What is known of a user.
     *
     * @param keys ids of all its keys that stand in the log, valid or not, in the order of the log
     */
    private record Owner(
            List<String> keys, UserKeyState state, @Nullable String reason) {
        static final Owner NEW = new Owner(List.of(), UserKeyState.UNKNOWN, null);
    }

    /** Key of the record of a key. */
    public static String recordOfKey(String id) {
        return KEY + id;
    }

    /** Key of the record that says what holds for a user. */
    public static String recordOfUser(String user) {
        return USER + user;
    }

    /**
     * Takes the next record.
     *
     * @param value null for a tombstone
     * @return whom it concerns; empty for what says nothing
     */
    public Optional<String> apply(String recordKey, @Nullable UserKey value) {
        if (recordKey.startsWith(KEY)) {
            var id = recordKey.substring(KEY.length());
            return value == null ? forget(id) : learn(id, value);
        }
        if (!recordKey.startsWith(USER)) {
            return Optional.empty();
        }
        var user = recordKey.substring(USER.length());
        return Optional.of(user).filter(u -> say(u, value));
    }

    private Optional<String> learn(String id, UserKey value) {
        var bytes = value.getKey();
        if (value.getState() != UserKeyState.KEY || bytes == null || bytes.remaining() != BodyKey.BYTES) {
            return Optional.empty();
        }
        var was = owners.getOrDefault(value.getUser(), Owner.NEW);
        var user = was.keys().isEmpty() ? value.getUser() : sameText(was, value.getUser());
        if (was.state() != UserKeyState.ERASED) {
            keys.putIfAbsent(id, BodyKey.of(id, user, bytes(bytes)));
        }
        if (!was.keys().contains(id)) {
            var all = new ArrayList<>(was.keys());
            all.add(id);
            owners.put(user, new Owner(List.copyOf(all), was.state(), was.reason()));
        }
        return Optional.of(user);
    }

    private String sameText(Owner owner, String user) {
        var first = keys.get(owner.keys().get(0));
        return first == null ? user : first.user();
    }

    private Optional<String> forget(String id) {
        var gone = keys.remove(id);
        var user = gone != null ? Optional.of(gone.user()) : ownerOf(id);
        user.ifPresent(u -> owners.computeIfPresent(u, (name, owner) -> {
            var left = owner.keys().stream().filter(other -> !other.equals(id)).toList();
            return new Owner(left, owner.state(), owner.reason());
        }));
        return user;
    }

    /** Of a key that is not valid: few, and asked for only while a user is being erased. */
    private Optional<String> ownerOf(String id) {
        return owners.entrySet().stream()
                .filter(owner -> owner.getValue().state() == UserKeyState.ERASED
                        && owner.getValue().keys().contains(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean say(String user, @Nullable UserKey value) {
        var was = owners.getOrDefault(user, Owner.NEW);
        if (value == null || value.getState() == UserKeyState.UNKNOWN || value.getState() == UserKeyState.KEY) {
            return false; // what holds for a user is never taken back without a word
        }
        if (was.state() == UserKeyState.ERASED) {
            return false; // for good
        }
        owners.put(user, new Owner(was.keys(), value.getState(), value.getReason()));
        if (value.getState() == UserKeyState.ERASED) {
            was.keys().forEach(keys::remove);
        }
        return true;
    }

    /** The key of that id, if it is valid. */
    public Optional<BodyKey> byId(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The key that bodies of a user are encrypted with: the first of its keys that are valid. */
    public Optional<BodyKey> of(String user) {
        var owner = owners.get(user);
        return owner == null || owner.keys().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(keys.get(owner.keys().get(0)));
    }

    /** Ids of all keys of a user that stand in the log, valid or not. */
    public List<String> idsOf(String user) {
        return owners.getOrDefault(user, Owner.NEW).keys();
    }

    public boolean isErased(String user) {
        return owners.getOrDefault(user, Owner.NEW).state() == UserKeyState.ERASED;
    }

    /** Why a user must not be erased, if so. */
    public Optional<String> heldBecause(String user) {
        var owner = owners.getOrDefault(user, Owner.NEW);
        return owner.state() == UserKeyState.HELD
                ? Optional.of(owner.reason() == null ? "" : owner.reason())
                : Optional.empty();
    }

    /** How many keys are valid. */
    public int size() {
        return keys.size();
    }

    /** The body in the clear; empty where its key is not here or the bytes are not what was encrypted. */
    public Optional<ByteBuffer> decrypt(String keyId, ByteBuffer encrypted) {
        return byId(keyId).flatMap(key -> BodyCipher.decrypt(key, encrypted));
    }

    /** The event with its body in the clear and no key named; as it is where that cannot be. */
    public ConversationEvent readable(ConversationEvent event) {
        var keyId = event.getBodyKey();
        if (keyId == null || !event.getBody().hasRemaining()) {
            return event;
        }
        return decrypt(keyId, event.getBody())
                .map(body -> inTheClear(event, body))
                .orElse(event);
    }

    /** A copy of an event with this body, in the clear. */
    public static ConversationEvent inTheClear(ConversationEvent event, ByteBuffer body) {
        return ConversationEvent.newBuilder(event)
                .setBody(body)
                .setBodyKey(null)
                .build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
