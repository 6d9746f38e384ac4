import WebSocket from 'ws';

const LOSSY = new Set(['entry', 'entries', 'head', 'accepted', 'posted', 'rejected', 'receipt']);
const REPEATED = new Set(['send', 'edit', 'recall', 'react', 'read', 'ack']);

/**
 * A network that loses, doubles and reorders frames in both directions and cuts connections, until it is healed. Frames
 * that open and keep a session pass, as does their order among commands: a device promises to send in order.
 */
export class LossyNetwork {
  #random;
  #healed = false;
  #sockets = new Set();
  counts = { lost: 0, doubled: 0, reordered: 0, cuts: 0 };

  /** @param {() => number} random seeded */
  constructor(random) {
    this.#random = random;
  }

  heal() {
    this.#healed = true;
  }

  /** Cuts a connection, if there is one. */
  cut() {
    const [first] = [...this.#sockets].sort(() => this.#random() - 0.5);
    if (first !== undefined && !this.#healed) {
      this.counts.cuts += 1;
      first.terminate();
    }
  }

  /** A WebSocket of this network, for the client's `WebSocket` option. */
  get WebSocket() {
    const network = this;
    return class extends WebSocket {
      #held = [];

      constructor(...address) {
        super(...address);
        network.#sockets.add(this);
        this.on('close', () => network.#sockets.delete(this));
      }

      set onmessage(listener) {
        super.onmessage = listener && ((event) => this.#receive(event, listener));
      }

      send(text) {
        const { type } = JSON.parse(text);
        for (let copies = REPEATED.has(type) ? network.#copies() : 1; copies > 0; copies--) {
          super.send(text);
        }
      }

      /** A held frame comes after the next one, or after a moment. */
      #receive(event, listener) {
        const copies = LOSSY.has(JSON.parse(event.data).type) ? network.#copies() : 1;
        if (copies > 0 && network.#reorders()) {
          this.#held.push(event);
          setTimeout(() => this.#release(listener), 30);
          return;
        }
        for (let i = 0; i < copies; i++) {
          listener(event);
        }
        this.#release(listener);
      }

      #release(listener) {
        this.#held.splice(0).forEach(listener);
      }
    };
  }

  #copies() {
    const dice = this.#healed ? 1 : this.#random();
    if (dice < 0.1) {
      this.counts.lost += 1;
      return 0;
    }
    if (dice < 0.2) {
      this.counts.doubled += 1;
      return 2;
    }
    return 1;
  }

  #reorders() {
    const held = !this.#healed && this.#random() < 0.1;
    this.counts.reordered += held ? 1 : 0;
    return held;
  }
}
