/**
 * What a client does after its session ended, by close code.
 *
 *   return      comes back at once and pulls: the session ended for a reason that does not last
 *   backoff     comes back after a growing delay
 *   spread      the server is full or goes away: comes back after goaway's delay, or 1 to 30 s
 *   new-token   comes back with a new token
 *   once-later  another connection of this device has taken over: tries once more after 30 to 60 s, then leaves it
 *   stop        stays away and reports: coming back would fail in the same way
 */
const BY_CODE = new Map([
  [1001, 'spread'],
  [1013, 'spread'],
  [1009, 'stop'],
  [4400, 'stop'],
  [4401, 'new-token'],
  [4408, 'return'],
  [4409, 'once-later'],
  [4429, 'backoff'],
  [4508, 'return'],
]);

/** Any other code, or none, is a network that failed. */
export function afterClose(code) {
  return BY_CODE.get(code) ?? 'backoff';
}
