const PAGE = 50;

/** Loads messages into a conversation: the last ones first, older ones on demand; one request per conversation. */
export class History {
  #client;
  #model;
  #busy = new Map();

  constructor(client, model) {
    this.#client = client;
    this.#model = model;
  }

  /** The end of the conversation is there afterwards. */
  open(conversation) {
    return conversation.loaded || conversation.lastVersion === 0 ? Promise.resolve() : this.#load(conversation);
  }

  /** One page further back, if there is one. */
  earlier(conversation) {
    if (!conversation.loaded || conversation.complete || conversation.messages.size === 0) {
      return Promise.resolve();
    }
    return this.#load(conversation, conversation.oldest);
  }

  isBusy(conversation) {
    return this.#busy.has(conversation.id);
  }

  #load(conversation, before) {
    if (!this.#busy.has(conversation.id)) {
      const done = this.#request(conversation, before).finally(() => this.#busy.delete(conversation.id));
      this.#busy.set(conversation.id, done);
    }
    return this.#busy.get(conversation.id);
  }

  async #request(conversation, before) {
    const since = [];
    conversation.since = since;
    const atLeast = conversation.lastVersion || undefined;
    const page = await this.#client.history(conversation.id, { before, limit: PAGE, atLeast });
    // A reset in between has begun anew: the next look loads again.
    if (conversation.since === since) {
      conversation.applyHistory(page);
      this.#model.emit('room', conversation.id);
    }
  }
}
