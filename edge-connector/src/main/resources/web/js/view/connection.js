import { byId } from '../dom.js';
import { texts } from '../text/texts.js';

/** Shows whether this device is connected, in words for everybody and as a status for screen readers. */
export class ConnectionView {
  #element = byId('connection');
  #button = this.#element.querySelector('button');
  #state;
  #retryAt = 0;
  #timer;

  constructor(client) {
    this.#state = client.state;
    this.#button.addEventListener('click', () => client.connect());
    client.on('state', (state) => {
      this.#state = state;
      this.#retryAt = Date.now() + (state.retryInMs ?? 0);
      clearInterval(this.#timer);
      if (state.phase === 'waiting') {
        this.#timer = setInterval(() => this.render(), 1000);
      }
      this.render();
    });
    texts.on('change', () => this.render());
  }

  render() {
    const { phase, inStep } = this.#state;
    const shown = phase === 'open' && !inStep ? 'catching' : phase;
    this.#element.dataset.phase = shown;
    const text = this.#text(shown);
    const span = this.#element.querySelector('span');
    // A live region speaks at every change: the same text is not written again.
    if (span.textContent !== text) {
      span.textContent = text;
    }
    this.#button.hidden = shown !== 'stopped' && !(shown === 'waiting' && this.#secondsLeft() > 2);
    this.#button.textContent = texts.of(this.#state.code === 4409 ? 'useHere' : 'reconnect');
  }

  #text(shown) {
    const { code } = this.#state;
    if (code === 4409) {
      return texts.of('replaced');
    }
    if (shown === 'waiting') {
      return code === 1001 || code === 1013 ? texts.of('drained') : texts.of('waiting', this.#secondsLeft());
    }
    return texts.of(shown === 'idle' ? 'connecting' : shown);
  }

  #secondsLeft() {
    return Math.ceil((this.#retryAt - Date.now()) / 1000);
  }
}
