/**
 * Merges pushed and pulled entries into one log: each entry leaves once, in order of position, without a hole, whatever
 * is lost, doubled or reordered on the way in.
 *
 *   position  everything through here is out
 *   held      pushed early, waits for the gap before it
 *   known     last position this device has heard of; position < known means: pull
 */
export class Timeline {
  #out;
  #save;
  #maxHeld;
  #held = new Map();
  #epoch = null;
  #position = 0;
  #known = 0;
  #base = null;
  /** The session counts in another epoch than this device: its pushes belong to a log that begins with a snapshot. */
  #foreign = false;

  /** Pushed to the present session: the last position, the contiguous end, and what lies beyond a hole in between. */
  #pushed = 0;
  #taken = 0;
  #takenEarly = new Set();

  /**
   * @param {{cursor?: import('./store.js').Cursor|null, out: (entry: object) => void, save?: (cursor: object) => void,
   *     maxHeld?: number}} settings `out` sees each entry once; `save` keeps the cursor after it
   */
  constructor({ cursor = null, out, save = () => {}, maxHeld = 10_000 }) {
    this.#out = out;
    this.#save = save;
    this.#maxHeld = maxHeld;
    if (cursor !== null) {
      this.#epoch = cursor.epoch;
      this.#position = cursor.position;
      this.#known = cursor.position;
      this.#base = cursor.base;
    }
  }

  /** Last position that is out and saved. */
  get position() {
    return this.#position;
  }

  /** Numbering of the position; null before the first contact. */
  get epoch() {
    return this.#epoch;
  }

  /** The last position this device has heard of. */
  get known() {
    return this.#known;
  }

  get behind() {
    return this.#position < this.#known;
  }

  /** The present session counts in another epoch; a snapshot is due. */
  get foreign() {
    return this.#foreign;
  }

  /** Everything pushed to the present session through here has been taken over; never beyond what was pushed. */
  get taken() {
    return Math.min(this.#pushed, this.#taken);
  }

  /** Where the device is now, to be compared with {@link coversSince} later. */
  mark() {
    return { epoch: this.#epoch, position: this.#position };
  }

  /** Whether every entry since that mark went out here, with no snapshot in between that may have stood for some. */
  coversSince(mark) {
    if (mark === null || mark.epoch !== this.#epoch) {
      return false;
    }
    return this.#base === null || (this.#base.epoch === mark.epoch && this.#base.position <= mark.position);
  }

  /**
   * A session has begun: positions beyond `head` are pushed to it.
   *
   * @returns false if the session counts in another epoch than this device, which has to take a snapshot then
   */
  onSession(epoch, head) {
    this.#pushed = head;
    this.#taken = head;
    this.#takenEarly.clear();
    if (this.#position === 0) {
      this.#epoch = epoch;
    }
    this.#foreign = epoch !== this.#epoch;
    if (this.#foreign) {
      this.#held.clear();
      return false;
    }
    this.#known = Math.max(this.#known, head);
    return true;
  }

  /** The server told the last position. */
  onHead(head) {
    if (!this.#foreign) {
      this.#known = Math.max(this.#known, head);
    }
  }

  /** Entries of the present session, in whatever order they came. */
  onPushed(entries) {
    const before = this.#position;
    for (const entry of entries) {
      const at = entry.position;
      this.#pushed = Math.max(this.#pushed, at);
      if (at > this.#taken && this.#takenEarly.size < this.#maxHeld) {
        this.#takenEarly.add(at);
      }
      if (!this.#foreign) {
        this.#known = Math.max(this.#known, at);
        this.#offer(entry);
      }
    }
    this.#release();
    while (this.#takenEarly.delete(this.#taken + 1)) {
      this.#taken += 1;
    }
    this.#saveIfMoved(before);
  }

  /** A page of consecutive entries that was asked for with `after` = the position at that time. */
  onPage({ epoch, head, entries }) {
    const before = this.#position;
    this.#epoch = epoch;
    this.#known = Math.max(this.#known, head);
    for (const entry of entries) {
      this.#offer(entry);
      this.#release();
    }
    this.#saveIfMoved(before);
  }

  /** Goes on after a snapshot, in whichever direction. */
  onSnapshot(epoch, position, sessionHead = 0) {
    if (epoch !== this.#epoch) {
      this.#held.clear();
    }
    this.#epoch = epoch;
    this.#position = position;
    this.#base = { epoch, position };
    this.#foreign = false;
    this.#known = Math.max(position, sessionHead, this.#pushed);
    for (const held of this.#held.keys()) {
      if (held <= position) {
        this.#held.delete(held);
      }
    }
    this.#release();
    this.#saveNow();
  }

  /** When too many wait, the newcomer is dropped: pulling brings it again. */
  #offer(entry) {
    const at = entry.position;
    if (at === this.#position + 1 || (at > this.#position && this.#held.size < this.#maxHeld)) {
      this.#held.set(at, entry);
    }
  }

  #release() {
    for (let at = this.#position + 1; this.#held.has(at); at++) {
      const entry = this.#held.get(at);
      this.#held.delete(at);
      this.#position = at;
      this.#out(entry);
    }
    if (!this.#foreign && this.#position > this.#taken) {
      this.#taken = this.#position;
      for (const early of this.#takenEarly) {
        if (early <= this.#taken) {
          this.#takenEarly.delete(early);
        }
      }
    }
  }

  #saveIfMoved(before) {
    if (this.#position !== before) {
      this.#saveNow();
    }
  }

  #saveNow() {
    this.#save({ epoch: this.#epoch, position: this.#position, base: this.#base });
  }
}
