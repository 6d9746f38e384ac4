/** Own messages that wait for their time, by conversation: from the server's list, and from the entries after it. */
export class Waiting {
  #client;
  #onChange;
  #byConversation = new Map();
  /** Versions of those that wait no more: a list that was asked for before may still have them. */
  #over = new Map();

  /** @param onChange called with a conversation */
  constructor(client, onChange) {
    this.#client = client;
    this.#onChange = onChange;
  }

  /** The next one first. */
  of(conversation) {
    return [...(this.#byConversation.get(conversation)?.values() ?? [])].sort((a, b) => a.sendAt - b.sendAt);
  }

  async load(conversation) {
    const listed = await this.#client.scheduled(conversation);
    const known = this.#in(conversation);
    const over = this.#over.get(conversation);
    for (const message of listed) {
      if (!over?.has(message.version)) {
        known.set(message.version, message);
      }
    }
    this.#onChange(conversation);
  }

  onEntry({ conversation, version, event }) {
    if (event.kind === 'scheduled' && event.over !== true) {
      this.#in(conversation).set(version, { ...event, version });
    } else if (event.scheduled !== undefined) {
      this.#in(conversation).delete(event.scheduled);
      this.#over.set(conversation, (this.#over.get(conversation) ?? new Set()).add(event.scheduled));
    } else if (event.kind === 'dissolved' || event.kind === 'members') {
      return; // who has left is told nothing of what was waiting: the list is asked for again
    }
    this.#onChange(conversation);
  }

  onReset() {
    this.#byConversation.clear();
  }

  #in(conversation) {
    if (!this.#byConversation.has(conversation)) {
      this.#byConversation.set(conversation, new Map());
    }
    return this.#byConversation.get(conversation);
  }
}
