const SHOWN_MS = 5_000;

/** Who is writing where; forgotten after five seconds, or when the message has come. */
export class Typing {
  #timers = new Map();
  #onChange;

  /** @param onChange called with the conversation */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  onSignal({ conversation, from }) {
    const key = `${conversation} ${from}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => this.#forget(conversation, from), SHOWN_MS),
    );
    this.#onChange(conversation);
  }

  onMessage(conversation, from) {
    this.#forget(conversation, from);
  }

  /** Names, in the order in which they began. */
  of(conversation) {
    return [...this.#timers.keys()]
      .map((key) => key.split(' '))
      .filter(([id]) => id === conversation)
      .map(([, from]) => from);
  }

  #forget(conversation, from) {
    const key = `${conversation} ${from}`;
    clearTimeout(this.#timers.get(key));
    if (this.#timers.delete(key)) {
      this.#onChange(conversation);
    }
  }
}
