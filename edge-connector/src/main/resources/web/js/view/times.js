import { byId } from '../dom.js';

const MINUTE_MS = 60_000;

/** When the next message is posted, and how long it is shown: a row of the composer that is folded away. */
export class Times {
  #toggle = byId('times-toggle');
  #row = byId('times');
  #lasts = byId('lasts');
  #sendAt = byId('send-at');

  constructor() {
    this.#toggle.addEventListener('click', () => this.#show(this.#row.hidden));
  }

  /** What a message that is sent now has of it. */
  of(now) {
    const sendAt = this.#sendAt.value === '' ? undefined : new Date(this.#sendAt.value).getTime();
    const lasts = Number(this.#lasts.value) * MINUTE_MS;
    const begins = sendAt !== undefined && sendAt > now ? sendAt : now;
    return { sendAt, expiresAt: lasts > 0 ? begins + lasts : undefined };
  }

  /** A time is for one message; how long messages last stays as it was chosen. */
  onSent() {
    this.#sendAt.value = '';
    this.#show(this.#lasts.value !== '0');
  }

  reset() {
    this.#lasts.value = '0';
    this.onSent();
  }

  #show(is) {
    this.#row.hidden = !is;
    this.#toggle.setAttribute('aria-expanded', String(is));
  }
}
