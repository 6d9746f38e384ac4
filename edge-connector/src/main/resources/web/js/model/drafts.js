import { directConversation } from '../../client/command.js';

/** Own messages that are not in the timeline yet, by conversation, in the order they were written. */
export class Drafts {
  #client;
  #model;
  #onChange;
  #handles = new Set();
  #seqs = new WeakMap();

  constructor(client, model, onChange) {
    this.#client = client;
    this.#model = model;
    this.#onChange = onChange;
    client.pending.filter(({ command }) => command.type === 'send').forEach((handle) => this.#follow(handle));
  }

  send(message) {
    const handle = this.#client.send(message);
    this.#follow(handle);
    return handle;
  }

  of(conversation) {
    return [...this.#handles].filter(({ command }) => this.#target(command) === conversation);
  }

  discard(handle) {
    this.#handles.delete(handle);
    this.#onChange(this.#target(handle.command));
  }

  /** The own entry has come: the message is in its place now. */
  onEntry({ conversation, event }) {
    for (const handle of event.clientMessageId === undefined ? [] : this.#handles) {
      if (handle.clientMessageId === event.clientMessageId && this.#target(handle.command) === conversation) {
        this.discard(handle);
      }
    }
  }

  /** A list of conversations stands for entries that will not come: what it contains is in its place too. */
  onReset() {
    this.#handles.forEach((handle) => this.#discardIfShown(handle));
  }

  #follow(handle) {
    this.#handles.add(handle);
    handle.on('posted', ({ seq }) => {
      this.#seqs.set(handle, seq);
      this.#discardIfShown(handle);
    });
    handle.on('change', () => this.#onChange(this.#target(handle.command)));
    this.#onChange(this.#target(handle.command));
  }

  #discardIfShown(handle) {
    const shown = this.#model.get(this.#target(handle.command))?.lastSeq ?? 0;
    if (shown >= (this.#seqs.get(handle) ?? Infinity)) {
      this.discard(handle);
    }
  }

  #target({ to }) {
    if (to.conversation !== undefined) {
      return to.conversation;
    }
    return directConversation(this.#model.me, to.user);
  }
}
