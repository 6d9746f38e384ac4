import { afterClose } from './afterclose.js';
import { Heartbeat } from './heartbeat.js';
import { Socket } from './socket.js';

const GREETING_LIMIT_MS = 15_000;
/** A session that lived this long was a success: the next failure is a first one. */
const PROVEN_MS = 10_000;
/** After this time a replaced device may try once more again. */
const UNDISPUTED_MS = 600_000;
/** Timers hold 31 bits; a token that lives longer is renewed earlier than it has to be. */
const LONGEST_TIMER_MS = 2_000_000_000;
const ABNORMAL = 1006;

/**
 * One session after another.
 *
 *   idle ─connect─▶ connecting ─hello─▶ greeting ─welcome─▶ open
 *                       ▲                   │                 │
 *                       └───── waiting ◀────┴───── lost ──────┘──▶ stopped (until connect)
 *
 * Each attempt has a number; what a socket of an earlier attempt still says is not heard.
 */
export class Connection {
  #parts;
  #stage = 'idle';
  #attempt = 0;
  #socket = null;
  #token = null;
  #heartbeat = null;
  #timer;
  #renewal;
  #openedAt = 0;
  #returnAfter = null;
  #tokenRefused = false;
  #replaced = false;

  /**
   * @param {{WebSocket: Function, url: string, device: string, tokens: import('./tokens.js').TokenSource,
   *     nextAttempt: () => number, clock: import('./clock.js').ServerClock, backoff: import('./backoff.js').Backoff,
   *     events: {onSession: Function, onFrame: Function, onSessionEnd: Function, onState: Function},
   *     now?: () => number}} parts `nextAttempt` gives the number that the device raises with every hello
   */
  constructor(parts) {
    this.#parts = { now: () => performance.now(), ...parts };
  }

  /** Opens a session and keeps one open from now on; cuts a wait short, and has no effect while a session is open. */
  connect() {
    if (this.#stage === 'idle' || this.#stage === 'stopped' || this.#stage === 'waiting') {
      this.#replaced = false;
      this.#tokenRefused = false;
      this.#open();
    }
  }

  /** Ends the session for good, politely. */
  close() {
    const wasOpen = this.#stage === 'open';
    this.#leave('stopped');
    if (wasOpen) {
      this.#parts.events.onSessionEnd();
    }
    this.#tell({ phase: 'stopped' });
  }

  /** Writes a frame to the open session; without one it is not written, and nothing is queued. */
  send(frame) {
    if (this.#socket !== null) {
      this.#socket.send(JSON.stringify(frame));
      this.#heartbeat?.onSent();
    }
  }

  async #open() {
    const attempt = this.#leave('connecting');
    this.#tell({ phase: 'connecting' });
    // Covers everything until welcome, a token that never comes included.
    this.#timer = setTimeout(() => this.#lost(ABNORMAL, 'no welcome in time'), GREETING_LIMIT_MS);
    let token;
    try {
      token = await this.#parts.tokens.current();
    } catch (error) {
      if (attempt === this.#attempt) {
        this.#lost(ABNORMAL, `no token: ${error.message}`);
      }
      return;
    }
    if (attempt === this.#attempt) {
      this.#greet(attempt, token);
    }
  }

  #greet(attempt, token) {
    const ifPresent = (action) => (...values) => attempt === this.#attempt && action(...values);
    this.#stage = 'greeting';
    this.#token = token;
    this.#socket = new Socket(this.#parts.WebSocket, this.#parts.url, {
      onOpen: ifPresent(() => this.#hello(token)),
      onText: ifPresent((text) => this.#onText(text)),
      onClosed: ifPresent((code, reason) => this.#lost(code, reason)),
    });
  }

  #hello(token) {
    this.send({ type: 'hello', token, device: this.#parts.device, attempt: this.#parts.nextAttempt() });
  }

  #onText(text) {
    this.#heartbeat?.onHeard();
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return; // Whatever it carried is missing now, and what is missing is pulled or asked again.
    }
    if (frame.type === 'welcome' && this.#stage === 'greeting') {
      this.#onWelcome(frame);
    } else if (frame.type === 'goaway') {
      this.#returnAfter = frame.reconnectAfterMs ?? null;
    } else if (frame.type === 'authed') {
      this.#renewBefore(frame.tokenExpiresAt);
    } else if (frame.type !== 'pong') {
      this.#parts.events.onFrame(frame);
    }
  }

  #onWelcome(welcome) {
    const { clock, events, now } = this.#parts;
    clearTimeout(this.#timer);
    this.#stage = 'open';
    this.#openedAt = now();
    this.#tokenRefused = false;
    clock.onServerTime(welcome.now);
    this.#heartbeat = new Heartbeat((welcome.heartbeatSeconds ?? 30) * 1000, {
      ping: () => this.send({ type: 'ping' }),
      onSilence: () => this.#lost(ABNORMAL, 'the server is silent'),
      now,
    });
    this.#renewBefore(welcome.tokenExpiresAt);
    events.onSession(welcome);
    this.#tell({ phase: 'open', session: welcome.session, user: welcome.user, device: welcome.device });
  }

  /** Asks for the next token when four fifths of this one's time are over. */
  #renewBefore(expiresAt) {
    clearTimeout(this.#renewal);
    if (expiresAt === undefined || expiresAt === null) {
      return;
    }
    const left = Math.max(0, expiresAt - this.#parts.clock.now());
    const delay = Math.min(LONGEST_TIMER_MS, Math.max(1000, left * 0.8));
    const attempt = this.#attempt;
    this.#renewal = setTimeout(() => this.#renew(attempt), delay);
  }

  async #renew(attempt) {
    try {
      const token = await this.#parts.tokens.renew();
      if (attempt === this.#attempt) {
        this.#token = token;
        this.send({ type: 'auth', token });
      }
    } catch {
      // The session lives as long as its token does; until then there is time for more questions.
      if (attempt === this.#attempt) {
        this.#renewal = setTimeout(() => this.#renew(attempt), this.#parts.backoff.between(1000, 5000));
      }
    }
  }

  #lost(code, reason) {
    const wasOpen = this.#stage === 'open';
    const lived = wasOpen ? this.#parts.now() - this.#openedAt : 0;
    const goaway = this.#returnAfter;
    const attempt = this.#leave('waiting');
    if (lived >= PROVEN_MS) {
      this.#parts.backoff.reset();
    }
    if (wasOpen) {
      this.#parts.events.onSessionEnd();
    }
    const delay = this.#delayAfter(code, wasOpen, lived, goaway);
    if (attempt !== this.#attempt) {
      return; // A listener has already decided otherwise.
    }
    if (delay === null) {
      this.#leave('stopped');
      this.#tell({ phase: 'stopped', code, reason });
    } else {
      this.#timer = setTimeout(() => this.#open(), delay);
      this.#tell({ phase: 'waiting', code, reason, retryInMs: delay });
    }
  }

  /** Milliseconds until the next attempt, or null for none. */
  #delayAfter(code, wasOpen, lived, goaway) {
    const { backoff, tokens } = this.#parts;
    switch (afterClose(code)) {
      case 'stop':
        return null;
      case 'new-token': {
        tokens.onRefused(this.#token);
        const again = this.#tokenRefused;
        this.#tokenRefused = true;
        return again ? backoff.next() : 0;
      }
      case 'once-later': {
        if (this.#replaced && lived < UNDISPUTED_MS) {
          return null;
        }
        this.#replaced = true;
        return backoff.between(30_000, 60_000);
      }
      case 'return':
        return wasOpen && goaway === null ? 0 : Math.max(goaway ?? 0, backoff.next());
      case 'spread':
        return goaway ?? backoff.between(1000, 30_000);
      default:
        return goaway ?? backoff.next();
    }
  }

  /** Everything of the present attempt ends here; its number goes with it. */
  #leave(stage) {
    this.#attempt += 1;
    this.#stage = stage;
    this.#returnAfter = null;
    clearTimeout(this.#timer);
    clearTimeout(this.#renewal);
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    this.#socket?.leave();
    this.#socket = null;
    return this.#attempt;
  }

  #tell(state) {
    this.#parts.events.onState(state);
  }
}
