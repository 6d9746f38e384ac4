const LONGEST_TIMER_MS = 0x7fffffff;

/** Looks after messages that end: at their time they lose what they said, on the page as on the server. */
export class Ends {
  #model;
  #timer = null;

  constructor(model) {
    this.#model = model;
  }

  /** Something came that may end. */
  look() {
    clearTimeout(this.#timer);
    const now = Date.now();
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
