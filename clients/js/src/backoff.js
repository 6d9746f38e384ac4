/**
 * Growing, jittered delays: the n-th wait lies between half and all of `first * 2^n`, never beyond `longest`. The jitter
 * keeps devices that lost the same server from coming back in step.
 */
export class Backoff {
  #first;
  #longest;
  #random;
  #failures = 0;

  /** @param {{first?: number, longest?: number, random?: () => number}} [settings] milliseconds */
  constructor({ first = 500, longest = 30_000, random = Math.random } = {}) {
    this.#first = first;
    this.#longest = longest;
    this.#random = random;
  }

  /** Milliseconds to wait after one more failure. */
  next() {
    const ceiling = Math.min(this.#longest, this.#first * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.round(ceiling / 2 + (this.#random() * ceiling) / 2);
  }

  /** A delay within bounds, whatever failed before. */
  between(least, most) {
    return Math.round(least + this.#random() * (most - least));
  }

  /** Something worked: the next failure is a first one. */
  reset() {
    this.#failures = 0;
  }
}
