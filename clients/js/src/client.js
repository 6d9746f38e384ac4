import { Acknowledger } from './acknowledger.js';
import { Api } from './api.js';
import { Backoff } from './backoff.js';
import { CatchUp } from './catchup.js';
import { ServerClock } from './clock.js';
import {
  blockCommand,
  deleteCommand,
  editCommand,
  reactCommand,
  readCommand,
  recallCommand,
  sendCommand,
  settingsCommand,
  unscheduleCommand,
} from './command.js';
import { Connection } from './connection.js';
import { Emitter } from './emitter.js';
import { MillraceError } from './errors.js';
import { Http } from './http.js';
import { Outbox } from './outbox.js';
import { SilenceWatch } from './silence.js';
import { memoryStore } from './store.js';
import { Timeline } from './timeline.js';
import { TokenSource } from './tokens.js';
import { uuid7Source } from './uuid7.js';

const SILENCE_MS = 15 * 60_000;
const SIGNALS = new Set(['receipt', 'typing', 'presence', 'transient', 'event']);

/**
 * One device of one user: keeps a session open, takes the timeline over without a hole, and sees every command through
 * to its decision. Commands may be given at any time, before {@link connect} too.
 *
 * Events: `state`, `entry` (each once, in order of position), `reset` (a list of conversations that stands for the
 * entries through its position), `receipt`, `typing`, `presence`, `transient`, `event`, `error`, `trace`.
 */
export class MillraceClient extends Emitter {
  #api;
  #clock;
  #timeline;
  #catchUp;
  #outbox;
  #connection;
  #silence;
  #acknowledger;
  #startWithSnapshot;

  /** @param {import('./index.js').ClientSettings} settings */
  constructor(settings) {
    super();
    const { url, device, token, store = memoryStore(), start = 'beginning', timing = {} } = settings;
    const origin = String(url).replace(/\/+$/, '');
    const WebSocket = settings.WebSocket ?? globalThis.WebSocket;
    if (typeof WebSocket !== 'function') {
      throw new TypeError('no WebSocket here: pass one as {WebSocket}, for instance of npm ws');
    }
    const fetch = settings.fetch ?? globalThis.fetch.bind(globalThis);
    const backoff = () => new Backoff({ first: timing.firstRetryMs, longest: timing.longestRetryMs });
    const saved = store.load();
    this.#clock = new ServerClock();
    const clock = this.#clock;
    const tokens = new TokenSource(token);
    const newKey = uuid7Source(() => clock.now());
    const write = (frame) => this.#connection.send(frame);

    this.device = device;
    this.#startWithSnapshot = start === 'conversations';
    this.#api = new Api(new Http({ url: origin, tokens, fetch, backoff: backoff() }), newKey);
    this.#timeline = new Timeline({
      cursor: saved.cursor,
      out: (entry) => this.#onEntry(entry),
      save: (cursor) => this.#saveCursor(store, cursor),
    });
    this.#acknowledger = new Acknowledger(this.#timeline);
    this.#catchUp = new CatchUp({
      timeline: this.#timeline,
      source: this.#api,
      backoff: backoff(),
      onSnapshot: (snapshot, reason) => this.emit('reset', { ...snapshot, reason }),
      onProgress: (pulled) => this.#onPulled(pulled),
      onStep: () => this.#onState(this.state),
    });
    this.#outbox = new Outbox({
      store,
      newKey,
      timeline: this.#timeline,
      pullToHead: () => this.#catchUp.pull(),
      answerTimeout: timing.answerTimeoutMs,
      trace: (step, details) => this.#trace(step, details),
    });
    this.#silence = new SilenceWatch(timing.silenceMs ?? SILENCE_MS, () => this.#catchUp.ask());
    this.#connection = new Connection({
      WebSocket,
      url: `${origin.replace(/^http/, 'ws')}/v1/ws`,
      device,
      tokens,
      nextAttempt: attemptCounter(store, saved.attempt),
      clock,
      backoff: backoff(),
      events: {
        onSession: (welcome) => this.#onSession(welcome, write),
        onFrame: (frame) => this.#onFrame(frame),
        onSessionEnd: () => this.#onSessionEnd(),
        onState: (state) => this.#onState(state),
      },
    });
    this.state = { phase: 'idle', inStep: true };
  }

  /** Opens a session and keeps one open; also cuts a wait for the next attempt short. */
  connect() {
    if (this.#startWithSnapshot && this.#timeline.position === 0) {
      this.#catchUp.takeSnapshot('start');
    }
    this.#connection.connect();
  }

  /** Ends the session. What is undecided stays in the store. */
  close() {
    this.#silence.stop();
    this.#catchUp.stop();
    this.#connection.close();
    this.#outbox.close();
  }

  /**
   * With `sendAt` the message is posted then: its handle is decided without a seq, and it can be taken back until then.
   * With `expiresAt` it is not shown any more from then on. Both in epoch milliseconds.
   *
   * @param {{to: string|object, body: string|object, replyTo?: number, mentions?: string[], expiresAt?: number,
   *     sendAt?: number}} message
   */
  send(message) {
    return this.#outbox.add(sendCommand(message));
  }

  /** Takes a message back that waits for its time; `version` is that of its `scheduled` entry. */
  unschedule(conversation, version) {
    return this.#outbox.add(unscheduleCommand(conversation, version));
  }

  edit(conversation, seq, body) {
    return this.#outbox.add(editCommand(conversation, seq, body));
  }

  recall(conversation, seq) {
    return this.#outbox.add(recallCommand(conversation, seq));
  }

  react(conversation, seq, emoji, op = 'add') {
    return this.#outbox.add(reactCommand(conversation, seq, emoji, op));
  }

  /** The user has read through `seq`; going back has no effect. */
  read(conversation, seq) {
    return this.#outbox.add(readCommand(conversation, seq));
  }

  /** How the user keeps a conversation, on all of its devices: `muted`, `pinned`, `hidden`, `clearedSeq`, `draft`. */
  settings(conversation, changes) {
    return this.#outbox.add(settingsCommand(conversation, changes));
  }

  /** Deletes a message for this user alone. */
  delete(conversation, seq) {
    return this.#outbox.add(deleteCommand(conversation, seq));
  }

  /** Takes no messages of that user any more. */
  block(user) {
    return this.#outbox.add(blockCommand(user, true));
  }

  unblock(user) {
    return this.#outbox.add(blockCommand(user, false));
  }

  /** Tells those who are there that the user writes; without a session nobody is told. */
  typing(conversation) {
    this.#connection.send({ type: 'typing', conversation });
  }

  /** Asks who of a conversation is there: told by `presence`, at once and for the five minutes that follow. */
  askPresence(conversation) {
    this.#connection.send({ type: 'presence', conversation });
  }

  createGroup(group) {
    return this.#api.createGroup(group);
  }

  addMembers(conversation, users) {
    return this.#api.addMembers(conversation, users);
  }

  /** Takes a user out, or leaves where it is this one. */
  removeMember(conversation, user) {
    return this.#api.removeMember(conversation, user);
  }

  setTitle(conversation, title) {
    return this.#api.setTitle(conversation, title);
  }

  /** Changes those of `title`, `announcement` and `joinRule` (`invitation` or `open`) that are given. */
  setGroup(conversation, changes) {
    return this.#api.setGroup(conversation, changes);
  }

  /** Makes a link that opens the group until then: `{link, id, until}`; whoever has `link` may join. */
  createLink(conversation, until) {
    return this.#api.createLink(conversation, until);
  }

  /** @param link its id */
  revokeLink(conversation, link) {
    return this.#api.revokeLink(conversation, link);
  }

  /** Joins a group by a link, or without one where it is open. */
  join(conversation, link) {
    return this.#api.join(conversation, link);
  }

  /** Contacts that changed after that position of the timeline, `{position, contacts}`; without one all of them. */
  contacts(after) {
    return this.#api.contacts(after);
  }

  /** The user's own messages that wait for their time in a conversation. */
  scheduled(conversation) {
    return this.#api.scheduled(conversation);
  }

  /** `role`: member, admin, or owner, which hands the group over. */
  setRole(conversation, user, role) {
    return this.#api.setRole(conversation, user, role);
  }

  /** Who may not send until then (epoch milliseconds; null: may again); without users everybody but owner and admins. */
  muteMembers(conversation, users, until) {
    return this.#api.muteMembers(conversation, users, until);
  }

  /** Ends a group. */
  dissolve(conversation) {
    return this.#api.dissolve(conversation);
  }

  conversations() {
    return this.#api.snapshot();
  }

  conversation(id, options) {
    return this.#api.conversation(id, options);
  }

  history(conversation, options) {
    return this.#api.history(conversation, options);
  }

  /** Pulls once; done when the timeline is in step with the server. */
  pull() {
    return this.#catchUp.pull();
  }

  /** The server's clock as far as this device has heard it, epoch milliseconds. */
  get now() {
    return this.#clock.now();
  }

  /** How far the device is: every entry through `position` has been told. */
  get cursor() {
    return this.#timeline.mark();
  }

  /** Nothing is missing as far as this device has heard. */
  get inStep() {
    return this.#catchUp.inStep;
  }

  /** Handles of the commands that are not decided yet, those of an earlier life included. */
  get pending() {
    return this.#outbox.pending;
  }

  #onSession(welcome, write) {
    const sameEpoch = this.#timeline.onSession(welcome.epoch, welcome.head);
    this.#catchUp.onSession(welcome.epoch, welcome.head);
    if (sameEpoch) {
      this.#catchUp.check();
    } else {
      this.#catchUp.takeSnapshot('epoch');
    }
    this.#acknowledger.onSession(welcome.head, write);
    this.#outbox.onSession(welcome, write);
    this.#silence.restart();
    this.#trace('session', { session: welcome.session });
  }

  #onFrame(frame) {
    switch (frame.type) {
      case 'entry':
        return this.#onPushed([frame]);
      case 'entries':
        return this.#onPushed(frame.entries);
      case 'head':
        this.#timeline.onHead(frame.head);
        return this.#catchUp.check();
      case 'accepted':
        return this.#outbox.onAccepted(frame);
      case 'posted':
        return this.#outbox.onPosted(frame);
      case 'rejected':
        return this.#outbox.onRejected(frame);
      case 'error':
        return this.#onError(frame);
      default:
        return SIGNALS.has(frame.type) ? this.emit(frame.type, frame) : undefined;
    }
  }

  /** What has no position cannot be put in order: if it was an entry after all, it is missing and gets pulled. */
  #onPushed(entries) {
    this.#silence.restart();
    this.#timeline.onPushed((entries ?? []).filter(({ position }) => Number.isSafeInteger(position) && position > 0));
    this.#acknowledger.onProgress();
    this.#catchUp.check();
  }

  #onEntry({ type, ...entry }) {
    this.#outbox.onEntry(entry);
    this.emit('entry', entry);
  }

  /** A cursor that is not saved costs a longer pull after the next start, no entry. */
  #saveCursor(store, cursor) {
    try {
      store.saveCursor(cursor);
    } catch (cause) {
      this.emit('error', new MillraceError('storage', 'the cursor cannot be kept on this device', { cause }));
    }
  }

  #onError(frame) {
    if (!this.#outbox.onError(frame)) {
      this.emit('error', new MillraceError(frame.code, frame.message, { retryAfterMs: frame.retryAfterMs }));
    }
  }

  #onPulled(pulled) {
    this.#acknowledger.onProgress();
    if (pulled !== null) {
      this.#trace('pulled', pulled);
    }
  }

  #onSessionEnd() {
    this.#acknowledger.onSessionEnd();
    this.#outbox.onSessionEnd();
  }

  /** Told when the connection changes, and when the device falls behind or is in step again. */
  #onState(state) {
    this.state = { ...state, inStep: this.#catchUp.inStep };
    this.emit('state', this.state);
  }

  #trace(step, details) {
    this.emit('trace', { step, at: performance.now(), ...details });
  }
}

/** Rises over restarts too: a device that lost its number goes on from the clock. */
function attemptCounter(store, saved) {
  let last = saved;
  return () => {
    last = Math.max(last + 1, Date.now());
    store.saveAttempt(last);
    return last;
  };
}
