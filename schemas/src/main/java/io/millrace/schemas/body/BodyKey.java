package io.millrace.schemas.body;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that bodies of one user are encrypted with. Shows nothing of it in {@code toString}.
 *
 * @param id its name, which a body carries
 * @param user whose bodies
 */
public record BodyKey(String id, String user, SecretKey secret) {
    /** Bytes of a key: AES-256. */
    public static final int BYTES = 32;

    /**
     * A key of these bytes.
     *
     * @throws IllegalArgumentException if they are not {@value #BYTES}
     */
    public static BodyKey of(String id, String user, byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        return new BodyKey(id, user, new SecretKeySpec(bytes, "AES"));
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return secret.getEncoded();
    }

    @Override
    public String toString() {
        return "BodyKey[" + id + "]";
    }
}
