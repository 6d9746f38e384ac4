import { byId, h } from '../dom.js';

const BEGUN = /(^|\s)@([A-Za-z0-9._-]*)$/;
const NAMED = /(?:^|\s)@([A-Za-z0-9][A-Za-z0-9._-]*)/g;
const MOST = 6;

/** Completes @names of a group's members while they are typed, and finds them in what is sent. */
export class Mentions {
  #field = byId('composer-text');
  #list = byId('names');
  #people = () => [];

  constructor() {
    this.#field.addEventListener('input', () => this.#suggest());
    this.#field.addEventListener('blur', () => setTimeout(() => this.#hide(), 150));
    // Before the composer, which sends on Enter.
    this.#field.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
  }

  /** @param people gives the names that may be mentioned */
  use(people) {
    this.#people = people;
    this.#hide();
  }

  /** Fields of the message: who is mentioned, or everybody. */
  of(text) {
    const people = new Set(this.#people());
    const named = [...text.matchAll(NAMED)].map(([, name]) => name);
    const mentions = [...new Set(named.filter((name) => people.has(name)))];
    return { mentions, mentionAll: people.size > 0 && !people.has('all') && named.includes('all') };
  }

  #suggest() {
    const begun = BEGUN.exec(this.#field.value.slice(0, this.#field.selectionStart));
    const found =
      begun === null ? [] : this.#people().filter((name) => name.toLowerCase().startsWith(begun[2].toLowerCase()));
    const items = found.slice(0, MOST).map((name, at) =>
      h(
        'li',
        { role: 'option', 'data-testid': 'name', 'data-name': name, 'aria-selected': String(at === 0), onmousedown: (event) => this.#take(event, name) },
        h('bdi', {}, name),
      ),
    );
    this.#list.replaceChildren(...items);
    this.#list.hidden = items.length === 0;
  }

  #onKey(event) {
    if (this.#list.hidden || event.isComposing) {
      return;
    }
    const items = [...this.#list.children];
    const at = items.findIndex((item) => item.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = (at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length;
      items.forEach((item, i) => item.setAttribute('aria-selected', String(i === next)));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      this.#take(event, items[at].dataset.name);
      return;
    } else if (event.key === 'Escape') {
      this.#hide();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take(event, name) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const { value, selectionStart } = this.#field;
    const before = value.slice(0, selectionStart).replace(BEGUN, `$1@${name} `);
    this.#field.value = before + value.slice(selectionStart);
    this.#field.setSelectionRange(before.length, before.length);
    this.#hide();
  }

  #hide() {
    this.#list.hidden = true;
  }
}
