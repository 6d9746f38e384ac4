/** Sends a ping when nothing else was sent, and notices a server that has gone silent. */
export class Heartbeat {
  #interval;
  #ping;
  #onSilence;
  #now;
  #timer;
  #sentAt;
  #heardAt;

  constructor(intervalMs, { ping, onSilence, now }) {
    this.#interval = intervalMs;
    this.#ping = ping;
    this.#onSilence = onSilence;
    this.#now = now;
    this.#sentAt = this.#heardAt = now();
    // Half the time, so that a late timer still keeps the promise.
    this.#timer = setInterval(() => this.#beat(), intervalMs / 2);
  }

  onSent() {
    this.#sentAt = this.#now();
  }

  onHeard() {
    this.#heardAt = this.#now();
  }

  stop() {
    clearInterval(this.#timer);
  }

  #beat() {
    const now = this.#now();
    if (now - this.#heardAt >= 2 * this.#interval) {
      this.#onSilence();
    } else if (now - this.#sentAt >= this.#interval / 2 - 1) {
      this.#ping();
    }
  }
}
