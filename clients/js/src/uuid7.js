const RANDOM_COUNTER_BITS = 11;

/**
 * Makes UUIDv7 keys (RFC 9562): 48 bits of Unix milliseconds, a counter that orders the keys of one millisecond, and 62
 * random bits. Keys of one source rise strictly, also while the clock stands still or goes back.
 *
 * @param {() => number} now Unix milliseconds
 * @param {(bytes: Uint8Array) => Uint8Array} [fill] fills with random bytes
 * @returns {() => string}
 */
export function uuid7Source(now, fill = (bytes) => crypto.getRandomValues(bytes)) {
  let last = 0;
  let counter = 0;
  return () => {
    const bytes = fill(new Uint8Array(16));
    const at = Math.floor(now());
    if (at > last) {
      last = at;
      // The top bit stays free, so that a millisecond has room for 2048 keys at the least.
      counter = ((bytes[6] << 8) | bytes[7]) & ((1 << RANDOM_COUNTER_BITS) - 1);
    } else if (++counter > 0xfff) {
      last += 1;
      counter = 0;
    }
    for (let i = 0, rest = last; i < 6; i++) {
      bytes[5 - i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    bytes[6] = 0x70 | (counter >> 8);
    bytes[7] = counter & 0xff;
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
