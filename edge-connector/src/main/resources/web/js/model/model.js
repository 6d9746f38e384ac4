import { Emitter } from '../../client/emitter.js';
import { Conversation } from './conversation.js';

/**
 * Everything this device knows, built from the client's `reset` and `entry` events. Events: `list` (something in the
 * list changed), `room` (the id of a conversation whose messages changed).
 */
export class Model extends Emitter {
  #conversations = new Map();

  constructor(me) {
    super();
    this.me = me;
  }

  get(id) {
    return this.#conversations.get(id);
  }

  /** The conversation of that id, made where it has none yet. */
  demand(id) {
    let found = this.#conversations.get(id);
    if (found === undefined) {
      found = new Conversation(id, this.me);
      this.#conversations.set(id, found);
    }
    return found;
  }

  /** Every conversation there is, shown or not. */
  all() {
    return [...this.#conversations.values()];
  }

  /** What is shown: pinned ones above, then the newest; hidden ones wait for their next message. */
  list() {
    return [...this.#conversations.values()]
      .filter(({ hidden, begun }) => !hidden && begun)
      .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
  }

  /** Muted conversations are left out. */
  get totalUnread() {
    return [...this.#conversations.values()].reduce((sum, { unread, muted }) => sum + (muted ? 0 : unread), 0);
  }

  applySnapshot({ conversations }) {
    for (const summary of conversations) {
      this.demand(summary.conversation).applySummary(summary);
    }
    this.emit('list');
    conversations.forEach(({ conversation }) => this.emit('room', conversation));
  }

  applyEntry(entry) {
    this.demand(entry.conversation).applyEntry(entry);
    this.emit('list');
    this.emit('room', entry.conversation);
  }

  applyReceipt(receipt) {
    this.get(receipt.conversation)?.applyReceipt(receipt);
    this.emit('room', receipt.conversation);
  }
}
