/**
 * Keeps a session's commands within the server's rate, so that a burst waits here instead of being refused there: a
 * token bucket that holds one second's worth. Also holds everything while the server asked to wait.
 */
export class Pacer {
  #perMs = 0.05;
  #capacity = 50;
  #tokens = 50;
  #filledAt = 0;
  #pausedUntil = 0;

  onSession(perSecond, now) {
    this.#capacity = Math.max(1, perSecond);
    this.#perMs = this.#capacity / 1000;
    this.#tokens = this.#capacity;
    this.#filledAt = now;
    this.#pausedUntil = now;
  }

  pause(now, ms) {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + ms);
  }

  /** Takes leave to send one command now: 0, or how many milliseconds to wait before asking again. */
  take(now) {
    if (now < this.#pausedUntil) {
      return this.#pausedUntil - now;
    }
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    if (this.#tokens < 1) {
      return Math.max(1, Math.ceil((1 - this.#tokens) / this.#perMs));
    }
    this.#tokens -= 1;
    return 0;
  }
}
