import { attribute, byId, h } from '../dom.js';
import { texts } from '../text/texts.js';
import { showError } from './notice.js';

/** What the user may do with the open conversation as a whole; all of it is the same on the user's other devices. */
export class RoomMenu {
  #menu = byId('room-menu');
  #client;
  #dialogs;
  #looks = '';

  /** @param {{alias: Function, group: Function}} dialogs that are opened for a conversation */
  constructor(client, dialogs) {
    this.#client = client;
    this.#dialogs = dialogs;
    this.#menu.addEventListener('keydown', (event) => event.key === 'Escape' && this.#close());
    document.addEventListener('click', (event) => !this.#menu.contains(event.target) && this.#menu.removeAttribute('open'));
  }

  write(conversation) {
    const { id, kind, other, me, muted, pinned, lastSeq, contact, left, people } = conversation;
    const looks = JSON.stringify([id, muted, pinned, lastSeq, contact, left, people.get(me), texts.of('mute')]);
    if (looks === this.#looks) {
      return;
    }
    this.#looks = looks;
    const settings = (changes) => () => this.#client.settings(id, changes);
    const items = [
      this.#item(muted ? 'unmute' : 'mute', settings({ muted: !muted })),
      this.#item(pinned ? 'unpin' : 'pin', settings({ pinned: !pinned })),
      this.#item('hide', settings({ hidden: true })),
      this.#item('clear', settings({ clearedSeq: lastSeq })),
    ];
    if (kind === 'direct' && other !== me) {
      items.push(
        this.#item(contact ? 'removeContact' : 'addContact', settings({ contact: !contact })),
        this.#opener('rename', () => this.#dialogs.alias(conversation)),
        this.#item('block', () => this.#client.block(other)),
        this.#item('unblock', () => this.#client.unblock(other)),
      );
    }
    if (kind === 'group' && !left) {
      items.push(this.#opener('groupSettings', () => this.#dialogs.group(conversation)));
    }
    this.#menu.querySelector('div').replaceChildren(...items);
    attribute(this.#menu.querySelector('summary'), 'aria-label', texts.of('more'));
  }

  #opener(text, open) {
    const onclick = () => {
      this.#close();
      open();
    };
    return h('button', { type: 'button', 'data-testid': `menu-${text}`, onclick }, texts.of(text));
  }

  #item(text, give) {
    const onclick = () => {
      give().posted.catch(showError);
      this.#close();
    };
    return h('button', { type: 'button', 'data-testid': `menu-${text}`, onclick }, texts.of(text));
  }

  #close() {
    this.#menu.removeAttribute('open');
    this.#menu.querySelector('summary').focus();
  }
}
