const LONGEST_TIMER_MS = 0x7fffffff;

/** Looks after messages that end: at their time they lose what they said, on the page as on the server. */
export class Ends {
  #model;
  #now;
  #timer = null;

  /** @param now the server's clock, epoch milliseconds */
  constructor(model, now) {
    this.#model = model;
    this.#now = now;
  }

  /** Something came that may end. */
  look() {
    clearTimeout(this.#timer);
    const now = this.#now();
    for (const conversation of this.#model.all()) {
      if (conversation.expire(now)) {
        this.#model.emit('list');
        this.#model.emit('room', conversation.id);
      }
    }
    const next = Math.min(...this.#model.all().map(({ nextEnd }) => nextEnd));
    if (next !== Infinity) {
      this.#timer = setTimeout(() => this.look(), Math.min(LONGEST_TIMER_MS, Math.max(0, next - now)));
    }
  }
}
