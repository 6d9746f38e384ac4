import { Emitter } from './emitter.js';
import { MillraceError } from './errors.js';

/**
 * One command on its way. `state` goes from `waiting` over `sent` and `accepted` to `posted` or `failed`, and back to
 * `waiting` while it has to be sent again. Events: `sent`, `accepted`, `posted`, `rejected`, `change`.
 */
export class SendHandle extends Emitter {
  #decision = null;
  #promise = null;
  #settle = null;

  constructor(command) {
    super();
    this.command = command;
    this.state = 'waiting';
    this.clientMessageId = null;
    /** Milliseconds of `performance.now()` by step: queued, sent, accepted, decided. */
    this.times = { queued: performance.now() };
  }

  /** Fulfilled when posted, rejected with a {@link MillraceError} otherwise. */
  get posted() {
    this.#promise ??= new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#settleIfDecided();
    });
    return this.#promise;
  }

  /** Called by the outbox. */
  onSent(clientMessageId) {
    this.clientMessageId = clientMessageId;
    this.times.sent ??= performance.now();
    this.#become('sent');
  }

  onAccepted() {
    this.times.accepted ??= performance.now();
    this.#become('accepted');
  }

  onWaiting() {
    this.#become('waiting');
  }

  /** @param {object} posted the fields of `posted` */
  onPosted(posted) {
    this.times.decided = performance.now();
    this.#decision = { posted };
    this.#become('posted', posted);
    this.#settleIfDecided();
  }

  /** @param {MillraceError} error */
  onFailed(error) {
    this.times.decided = performance.now();
    this.#decision = { error };
    this.error = error;
    this.state = 'failed';
    this.emit('rejected', error);
    this.emit('change', this);
    this.#settleIfDecided();
  }

  onClosed() {
    this.onFailed(new MillraceError('closed', 'the client was closed before the decision'));
  }

  #become(state, value = this) {
    if (this.state !== state) {
      this.state = state;
      this.emit(state, value);
      this.emit('change', this);
    }
  }

  #settleIfDecided() {
    if (this.#settle === null || this.#decision === null) {
      return;
    }
    if (this.#decision.error) {
      this.#settle.reject(this.#decision.error);
    } else {
      this.#settle.resolve(this.#decision.posted);
    }
  }
}
