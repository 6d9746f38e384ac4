const SHORTEST_WAIT_MS = 100;

/**
 * Pulls until the timeline is in step: at most one request at a time, each beginning where the timeline ends by then. A
 * reset is answered with a snapshot. What fails is asked again after the server's delay, or a growing one of its own.
 */
export class CatchUp {
  #timeline;
  #source;
  #backoff;
  #onSnapshot;
  #onProgress;
  #onStep;
  #waiting = [];
  #busy = false;
  #asked = false;
  #snapshotDue = null;
  #stopped = false;
  #sessionEpoch = null;
  #sessionHead = 0;
  #timer;

  /**
   * @param {{timeline: import('./timeline.js').Timeline, source: {pull: Function, snapshot: Function},
   *     backoff: import('./backoff.js').Backoff, onSnapshot: (snapshot: object, reason: string) => void,
   *     onProgress?: (progress: object|null) => void, onStep?: () => void}} parts `onStep` when the device falls behind
   *     or is in step again
   */
  constructor({ timeline, source, backoff, onSnapshot, onProgress = () => {}, onStep = () => {} }) {
    this.#timeline = timeline;
    this.#source = source;
    this.#backoff = backoff;
    this.#onSnapshot = onSnapshot;
    this.#onProgress = onProgress;
    this.#onStep = onStep;
  }

  /** Nothing is missing as far as this device knows. */
  get inStep() {
    return !this.#asked && this.#snapshotDue === null && !this.#timeline.behind && !this.#timeline.foreign;
  }

  /** The session counts in this epoch; what is pulled in another one is not of its log. */
  onSession(epoch, head) {
    this.#sessionEpoch = epoch;
    this.#sessionHead = head;
  }

  /** Pulls if the timeline is known to be behind. */
  check() {
    if (!this.#busy && !this.#stopped && !this.inStep) {
      this.#busy = true;
      this.#onStep();
      this.#step();
    }
  }

  /** Pulls at least once, also without a sign that anything is missing; done when the timeline is in step. */
  pull() {
    if (this.#stopped) {
      return Promise.reject(new Error('closed'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.ask();
    });
  }

  /** Like {@link pull} for a caller that does not wait. */
  ask() {
    this.#asked = true;
    this.check();
  }

  /** Begins anew with a snapshot. */
  takeSnapshot(reason) {
    this.#snapshotDue ??= reason;
    this.check();
  }

  /** No request begins any more; who waits is told so. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new Error('closed'));
    }
  }

  async #step() {
    try {
      if (this.#snapshotDue !== null) {
        this.#onSnapshotAnswer(await this.#source.snapshot());
      } else {
        this.#asked = false;
        const after = this.#timeline.position;
        const epoch = after === 0 ? null : this.#timeline.epoch;
        this.#onPage(await this.#source.pull(after, epoch, this.#timeline.known));
      }
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #onPage(page) {
    if (this.#stopped) {
      return;
    }
    if (this.#sessionEpoch !== null && page.epoch !== this.#sessionEpoch) {
      this.#snapshotDue ??= 'epoch';
      this.#again(this.#backoff.next());
      return;
    }
    this.#backoff.reset();
    const before = this.#timeline.position;
    this.#timeline.onPage(page);
    const moved = this.#timeline.position > before;
    const retryAfter = page.retryAfterMs ?? 0;
    this.#onProgress(moved ? { from: before + 1, through: this.#timeline.position } : null);
    this.#again(moved && retryAfter === 0 ? 0 : Math.max(SHORTEST_WAIT_MS, retryAfter));
  }

  #onSnapshotAnswer(snapshot) {
    if (this.#stopped) {
      return;
    }
    if (this.#sessionEpoch !== null && snapshot.epoch !== this.#sessionEpoch) {
      // The store has not heard of the new numbering yet.
      this.#again(this.#backoff.next());
      return;
    }
    const reason = this.#snapshotDue;
    this.#snapshotDue = null;
    this.#backoff.reset();
    this.#onSnapshot(snapshot, reason);
    this.#timeline.onSnapshot(snapshot.epoch, snapshot.position, this.#sessionHead);
    this.#asked = true;
    this.#onProgress(null);
    this.#again(0);
  }

  #onFailure(error) {
    if (this.#stopped) {
      return;
    }
    if (error.code === 'reset') {
      this.#snapshotDue ??= 'reset';
      this.#again(0);
    } else {
      this.#asked = true;
      this.#again(Math.max(SHORTEST_WAIT_MS, error.retryAfterMs ?? this.#backoff.next()));
    }
  }

  #again(delay) {
    if (this.inStep) {
      this.#finish();
    } else if (delay === 0) {
      this.#step();
    } else {
      this.#timer = setTimeout(() => this.#resume(), delay);
    }
  }

  #resume() {
    // What was missing may have been pushed meanwhile.
    if (this.inStep) {
      this.#finish();
    } else if (!this.#stopped) {
      this.#step();
    }
  }

  #finish() {
    this.#busy = false;
    this.#onStep();
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve();
    }
  }
}
