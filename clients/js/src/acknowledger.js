const DELAY_MS = 50;

/** Tells the server how far this device is: soon after it changes, many changes in one frame. */
export class Acknowledger {
  #timeline;
  #write = null;
  #timer = null;
  #position = 0;
  #stored = 0;

  constructor(timeline) {
    this.#timeline = timeline;
  }

  onSession(head, write) {
    this.onSessionEnd();
    this.#write = write;
    this.#position = head;
    this.#stored = 0;
    this.onProgress();
  }

  onSessionEnd() {
    this.#write = null;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  onProgress() {
    if (this.#write !== null && this.#timer === null && this.#isNews()) {
      this.#timer = setTimeout(() => this.#tell(), DELAY_MS);
    }
  }

  #isNews() {
    if (this.#timeline.foreign) {
      return this.#timeline.taken > this.#position;
    }
    return this.#timeline.taken > this.#position || this.#timeline.position > this.#stored;
  }

  #tell() {
    this.#timer = null;
    if (this.#write === null || !this.#isNews()) {
      return;
    }
    this.#position = Math.max(this.#position, this.#timeline.taken);
    const frame = { type: 'ack', position: this.#position };
    // A cursor of another epoch would say something else in this one.
    if (!this.#timeline.foreign) {
      this.#stored = this.#timeline.position;
      frame.stored = this.#stored;
    }
    this.#write(frame);
  }
}
