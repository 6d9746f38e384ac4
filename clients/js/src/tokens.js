import { MillraceError } from './errors.js';

/** Keeps the present token, and asks the application for another one when it was refused or comes to its end. */
export class TokenSource {
  #ask;
  #token = null;
  #asking = null;

  /** @param {() => Promise<string> | string} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  /** The present token; a first or next one if there is none. */
  current() {
    return this.#token === null ? this.renew() : Promise.resolve(this.#token);
  }

  /** Asks for another token; callers at the same time share one question. */
  renew() {
    this.#asking ??= this.#next().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The server did not take this token. */
  onRefused(token) {
    if (token === undefined || token === this.#token) {
      this.#token = null;
    }
  }

  async #next() {
    const token = await this.#ask();
    if (typeof token !== 'string' || token === '') {
      throw new MillraceError('unauthorized', 'the application gave no token');
    }
    this.#token = token;
    return token;
  }
}
