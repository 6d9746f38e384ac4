import { conversationOf } from './command.js';
import { MillraceError } from './errors.js';
import { SendHandle } from './handle.js';
import { Pacer } from './pacer.js';

/** Undecided commands on one session: enough to keep the line full, little to repeat after a cut. */
const WINDOW = 256;
const DEFAULT_PAUSE_MS = 1000;

/**
 * Holds commands until they are decided. The key is made at the first transmission, stored before it leaves, and stays
 * the same over retries and sessions until `posted`, `rejected` or the own entry is seen. Commands leave in the order
 * they were given; only one that the server refused for its rate comes later than its successors.
 */
export class Outbox {
  #store;
  #newKey;
  #timeline;
  #pullToHead;
  #answerTimeout;
  #trace;
  #now;
  #pacer = new Pacer();
  #pending = new Map();
  #byRef = new Map();
  #write = null;
  #user = '';
  #maxFrameBytes = Infinity;
  #nextNumber = 1;
  #nextRef = 1;
  #closed = false;
  #wake;
  #patience;

  /**
   * @param {{store: object, newKey: () => string, timeline: {mark: Function, coversSince: Function},
   *     pullToHead: () => Promise<void>, answerTimeout?: number, trace?: Function, now?: () => number}} parts
   *     `pullToHead` brings the timeline in step: every own entry reaches {@link onEntry} before it is done;
   *     after `answerTimeout` ms without an answer a command is sent again on the same session
   */
  constructor({ store, newKey, timeline, pullToHead, answerTimeout = 20_000, trace = () => {}, now }) {
    this.#store = store;
    this.#newKey = newKey;
    this.#timeline = timeline;
    this.#pullToHead = pullToHead;
    this.#answerTimeout = answerTimeout;
    this.#trace = trace;
    this.#now = now ?? (() => performance.now());
    for (const { number, key, since, command } of store.load().commands) {
      this.#hold(number, command, key, since);
      this.#nextNumber = Math.max(this.#nextNumber, number + 1);
    }
  }

  /** Handles of everything that is not decided, oldest first. */
  get pending() {
    return [...this.#pending.values()].map((each) => each.handle);
  }

  /** @returns {SendHandle} */
  add(command) {
    const number = this.#nextNumber++;
    if (this.#closed) {
      const handle = new SendHandle(command);
      handle.onClosed();
      return handle;
    }
    this.#put({ number, key: null, since: null, command });
    const { handle } = this.#hold(number, command, null, null);
    this.#trace('queued', { handle });
    this.#flush();
    return handle;
  }

  /** A session that commands can be written to: everything undecided is sent again. */
  onSession({ user, limits }, write) {
    this.#write = write;
    this.#user = user;
    this.#maxFrameBytes = limits?.maxFrameBytes ?? Infinity;
    this.#pacer.onSession(limits?.sendsPerSecond ?? 50, this.#now());
    clearInterval(this.#patience);
    this.#patience = setInterval(() => this.#sendAgainUnanswered(), Math.max(1, this.#answerTimeout / 2));
    this.#flush();
  }

  /** Answers of that session do not come any more. */
  onSessionEnd() {
    this.#write = null;
    clearTimeout(this.#wake);
    clearInterval(this.#patience);
    this.#byRef.clear();
    for (const each of this.#pending.values()) {
      if (each.state !== 'looking') {
        this.#wait(each);
      }
    }
  }

  onAccepted(frame) {
    const found = this.#find(frame);
    if (found?.state === 'sent') {
      found.state = 'accepted';
      found.sentAt = this.#now();
      found.handle.onAccepted();
      this.#trace('accepted', { handle: found.handle });
    }
  }

  onPosted(frame) {
    const found = this.#find(frame);
    if (found !== undefined) {
      const { type, ref, ...posted } = frame;
      this.#decide(found, () => found.handle.onPosted(posted), 'posted', posted);
    }
  }

  onRejected({ code, message, ...frame }) {
    const found = this.#find(frame);
    if (found === undefined) {
      return;
    }
    if (code === 'too_old') {
      this.#lookForOwnEntry(found);
    } else {
      this.#fail(found, new MillraceError(code, message));
    }
  }

  /** A frame was refused before the log; false if it is no command of this outbox. */
  onError({ code, message, retryAfterMs, ...frame }) {
    const found = this.#find(frame);
    if (found === undefined) {
      return false;
    }
    const error = new MillraceError(code, message, { retryAfterMs });
    if (error.passes) {
      this.#pacer.pause(this.#now(), retryAfterMs ?? DEFAULT_PAUSE_MS);
      this.#wait(found);
      this.#trace('refused', { handle: found.handle, error });
      this.#flush();
    } else {
      this.#fail(found, error);
    }
    return true;
  }

  /** An own entry is as good as `posted`. */
  onEntry({ conversation, version, at, event }) {
    const key = event?.clientMessageId;
    const found = key === undefined ? undefined : this.#findByKey(key, conversation);
    if (found !== undefined) {
      const posted = { clientMessageId: key, conversation, version, at };
      if (event.kind === 'message') {
        Object.assign(posted, { seq: event.seq, messageId: event.messageId });
      } else if (event.kind === 'scheduled') {
        posted.scheduled = true;
      }
      this.#decide(found, () => found.handle.onPosted(posted), 'posted', posted);
    }
  }

  /** Ends every wait; what is stored is sent by the next life. */
  close() {
    this.#closed = true;
    this.onSessionEnd();
    const left = [...this.#pending.values()];
    this.#pending.clear();
    left.forEach((each) => each.handle.onClosed());
  }

  #hold(number, command, key, since) {
    const held = { number, command, key, since, state: 'waiting', ref: 0, sentAt: 0, handle: new SendHandle(command) };
    held.handle.clientMessageId = key;
    this.#pending.set(number, held);
    return held;
  }

  #wait(each) {
    each.state = 'waiting';
    this.#byRef.delete(each.ref);
    each.handle.onWaiting();
  }

  #flush() {
    clearTimeout(this.#wake);
    for (const each of this.#write === null ? [] : [...this.#pending.values()]) {
      if (this.#byRef.size >= WINDOW) {
        return;
      }
      if (each.state !== 'waiting') {
        continue;
      }
      const wait = this.#pacer.take(this.#now());
      if (wait > 0) {
        this.#wake = setTimeout(() => this.#flush(), wait);
        return;
      }
      this.#transmit(each);
    }
  }

  #transmit(each) {
    if (each.key === null) {
      const { number, command } = each;
      const key = this.#newKey();
      const since = this.#timeline.mark();
      try {
        this.#put({ number, key, since, command });
      } catch (error) {
        this.#fail(each, error);
        return;
      }
      Object.assign(each, { key, since });
    }
    const ref = this.#nextRef++;
    const frame = { ...each.command, ref, clientMessageId: each.key };
    if (bytesOf(frame) > this.#maxFrameBytes) {
      // The server would end the session for it.
      this.#fail(each, new MillraceError('too_large', 'the message is larger than a frame may be'));
      return;
    }
    Object.assign(each, { ref, state: 'sent', sentAt: this.#now() });
    this.#byRef.set(ref, each);
    this.#write(frame);
    each.handle.onSent(each.key);
    this.#trace('sent', { handle: each.handle });
  }

  #sendAgainUnanswered() {
    const now = this.#now();
    for (const each of this.#pending.values()) {
      if ((each.state === 'sent' || each.state === 'accepted') && now - each.sentAt >= this.#answerTimeout) {
        this.#wait(each);
      }
    }
    this.#flush();
  }

  /** The decision is out of the server's memory; the timeline tells, unless a part of it was never seen here. */
  async #lookForOwnEntry(old) {
    this.#byRef.delete(old.ref);
    old.state = 'looking';
    try {
      await this.#pullToHead();
    } catch {
      return; // Closed meanwhile; the stored command is asked about again by the next life.
    }
    if (this.#pending.get(old.number) !== old) {
      return;
    }
    if (this.#timeline.coversSince(old.since)) {
      Object.assign(old, { key: null, since: null, state: 'waiting' });
      this.#flush();
    } else {
      this.#fail(old, new MillraceError('too_old', 'sent too long ago to know whether it was posted'));
    }
  }

  /** By the transmission that is answered, or by its key where the command has been sent again since. */
  #find({ ref, clientMessageId, conversation }) {
    const found = ref === undefined ? undefined : this.#byRef.get(ref);
    return found ?? (clientMessageId === undefined ? undefined : this.#findByKey(clientMessageId, conversation));
  }

  /** A key is unique within its conversation only; without one, any. */
  #findByKey(key, conversation) {
    for (const each of this.#pending.values()) {
      if (each.key === key && (!conversation || conversationOf(each.command, this.#user) === conversation)) {
        return each;
      }
    }
    return undefined;
  }

  #fail(each, error) {
    this.#decide(each, () => each.handle.onFailed(error), 'rejected', { error });
  }

  #decide(each, tell, step, details) {
    this.#pending.delete(each.number);
    this.#byRef.delete(each.ref);
    this.#store.removeCommand(each.number);
    tell();
    this.#trace(step, { handle: each.handle, ...details });
    this.#flush();
  }

  #put(stored) {
    try {
      this.#store.putCommand(stored);
    } catch (cause) {
      throw new MillraceError('storage', 'the message cannot be kept on this device', { cause });
    }
  }
}

function bytesOf(frame) {
  return new TextEncoder().encode(JSON.stringify(frame)).length;
}
