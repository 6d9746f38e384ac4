/** Pulls once when nothing was pushed for a long time: the last push may be the one that was lost. */
export class SilenceWatch {
  #limit;
  #pull;
  #timer;

  constructor(limit, pull) {
    this.#limit = limit;
    this.#pull = pull;
  }

  restart() {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#pull();
      this.restart();
    }, this.#limit);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
