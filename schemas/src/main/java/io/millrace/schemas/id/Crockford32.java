package io.millrace.schemas.id;

import java.math.BigInteger;

/** Crockford's base 32 of 128 bits, as ULIDs are written: 26 characters, most significant first. */
final class Crockford32 {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private Crockford32() {}

    static String encode(byte[] sixteen) {
        var rest = new BigInteger(1, sixteen);
        var text = new char[26];
        for (int i = 25; i >= 0; i--) {
            text[i] = ALPHABET[rest.intValue() & 31];
            rest = rest.shiftRight(5);
        }
        return new String(text);
    }
}
