package io.millrace.schemas.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM with a nonce of its own for each body. An encrypted body is
 *
 * <pre>
 * nonce (12 bytes) | ciphertext (as long as the body) | tag (16 bytes)
 * </pre>
 *
 * and the id of the key, as UTF-8, is authenticated with it. Nothing else of the message is: a body stays readable where
 * its message is imported under other ids. Nonces are random, so one key is good for 2^32 bodies. Stateless; thread-safe.
 */
public final class BodyCipher {
    /** By so much an encrypted body is longer. */
    public static final int OVERHEAD = 28;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(BodyCipher::cipher);

    private BodyCipher() {}

    /** Encrypts; the given buffer stays where it is. */
    public static ByteBuffer encrypt(BodyKey key, ByteBuffer body) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var out = ByteBuffer.allocate(body.remaining() + OVERHEAD).put(nonce);
        try {
            var cipher = with(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.doFinal(body.duplicate(), out);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a body cannot be encrypted", impossible);
        }
        return out.flip();
    }

    /** Decrypts; empty where the bytes were not encrypted with this key, or were altered since. */
    public static Optional<ByteBuffer> decrypt(BodyKey key, ByteBuffer encrypted) {
        if (encrypted.remaining() < OVERHEAD) {
            return Optional.empty();
        }
        var in = encrypted.duplicate();
        var nonce = new byte[NONCE];
        in.get(nonce);
        var out = ByteBuffer.allocate(in.remaining());
        try {
            with(Cipher.DECRYPT_MODE, key, nonce).doFinal(in, out);
            return Optional.of(out.flip());
        } catch (AEADBadTagException altered) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a body cannot be decrypted", impossible);
        }
    }

    private static Cipher with(int mode, BodyKey key, byte[] nonce) throws GeneralSecurityException {
        var cipher = CIPHERS.get();
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(key.id().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }
}
