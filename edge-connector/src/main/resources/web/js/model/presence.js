const ASK_EVERY_MS = 4 * 60_000;
const STALE_MS = 6 * 60_000;

/** Who is there, as far as the open conversation tells: asked for again before the server stops telling. */
export class Presence {
  #client;
  #onChange;
  #states = new Map();
  #conversation = null;
  #timer = null;

  /** @param onChange called with a conversation */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
    document.addEventListener('visibilitychange', () => this.#ask());
  }

  /** The conversation that is looked at; null for none. */
  watch(conversation) {
    this.#conversation = conversation;
    this.#ask();
  }

  /** A new session has asked nothing yet. */
  onSession() {
    this.#ask();
  }

  onSignal({ conversation, user, state, since }) {
    this.#states.set(user, { state, since: since ?? null, heardAt: Date.now() });
    this.#onChange(conversation);
  }

  /** `{state, since}`; undefined where nothing is known, or what is known is old. */
  of(user) {
    const known = this.#states.get(user);
    return known !== undefined && Date.now() - known.heardAt < STALE_MS ? known : undefined;
  }

  #ask() {
    clearTimeout(this.#timer);
    if (this.#conversation !== null && document.visibilityState === 'visible') {
      this.#client.askPresence(this.#conversation);
      this.#timer = setTimeout(() => this.#ask(), ASK_EVERY_MS);
    }
  }
}
