/** The server's wall clock as far as this device knows it, so that keys and expiry do not depend on a wrong local clock. */
export class ServerClock {
  #offset = 0;

  /** @param {number} serverNow Unix milliseconds, just heard */
  onServerTime(serverNow) {
    this.#offset = serverNow - Date.now();
  }

  now() {
    return Date.now() + this.#offset;
  }
}
