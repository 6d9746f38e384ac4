import { byId, h } from '../dom.js';
import { full } from '../text/format.js';
import { texts } from '../text/texts.js';
import { showError } from './notice.js';
import { textOf } from './preview.js';

/** Above the composer: own messages that wait for their time, each with a way to take it back. */
export class WaitingStrip {
  #client;
  #list = byId('waiting');

  constructor(client) {
    this.#client = client;
  }

  write(conversation, messages) {
    this.#list.hidden = messages.length === 0;
    this.#list.replaceChildren(...messages.map((message) => this.#row(conversation, message)));
  }

  #row(conversation, message) {
    const takeBack = () => this.#client.unschedule(conversation, message.version).posted.catch(showError);
    return h(
      'li',
      { 'data-testid': 'waiting' },
      h('span', { 'aria-hidden': 'true' }, '◷'),
      h('time', { datetime: new Date(message.sendAt).toISOString() }, full(message.sendAt)),
      h('span', { class: 'text', dir: 'auto' }, textOf(message)),
      h('button', { type: 'button', class: 'link', 'data-testid': 'unschedule', onclick: takeBack }, texts.of('takeBack')),
    );
  }
}
