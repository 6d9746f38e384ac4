import { attribute, avatar, batched, byId, dressAvatar, h } from '../dom.js';
import { short } from '../text/format.js';
import { texts } from '../text/texts.js';
import { previewOf } from './preview.js';

/** The conversations, newest first. Arrow keys, Home and End move, Enter opens; one Tab stop for all. */
export class ListView {
  #list = byId('list');
  #model;
  #onOpen;
  #rows = new Map();
  #selected = null;

  constructor(model, onOpen) {
    this.#model = model;
    this.#onOpen = onOpen;
    this.#list.addEventListener('keydown', (event) => this.#onKey(event));
    const render = batched(() => this.render());
    model.on('list', render);
    texts.on('change', render);
  }

  select(id) {
    this.#selected = id;
    this.render();
  }

  /** The conversation that many lines below or above the open one. */
  neighbour(step) {
    const ids = this.#model.list().map(({ id }) => id);
    const at = ids.indexOf(this.#selected);
    return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
  }

  focus() {
    (this.#rows.get(this.#selected) ?? this.#rows.get(this.#model.list()[0]?.id))?.querySelector('button').focus();
  }

  render() {
    const conversations = this.#model.list();
    const focused = document.activeElement?.closest?.('.row');
    let place = this.#list.firstElementChild;
    for (const conversation of conversations) {
      const item = this.#row(conversation.id);
      this.#write(item, conversation);
      if (item === place) {
        place = place.nextElementSibling;
      } else {
        this.#list.insertBefore(item, place);
      }
    }
    // Moving an element takes its focus away.
    if (focused !== null && focused !== undefined && this.#list.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    this.#markTabStop(focused ?? null);
    byId('list-empty').hidden = conversations.length > 0;
    const total = this.#model.totalUnread;
    const badge = byId('total-unread');
    badge.hidden = total === 0;
    badge.textContent = String(total);
    document.title = total === 0 ? `${this.#model.me} · Millrace` : `(${total}) ${this.#model.me} · Millrace`;
  }

  #row(id) {
    if (!this.#rows.has(id)) {
      const button = h(
        'button',
        { type: 'button', class: 'row', tabindex: '-1', onclick: () => this.#onOpen(id) },
        avatar(''),
        h('span', { class: 'name', dir: 'auto' }),
        h('time'),
        h('span', { class: 'last', dir: 'auto' }),
        h('span', { class: 'badge' }),
        h('span', { class: 'marks' }),
      );
      this.#rows.set(id, h('li', { 'data-testid': 'conversation', 'data-conversation': id }, button));
    }
    return this.#rows.get(id);
  }

  #write(item, conversation) {
    const [button] = item.children;
    const [face, name, time, last, badge, marks] = button.children;
    const { unread, mentions, updatedAt, id, muted, pinned, request } = conversation;
    dressAvatar(face, conversation.name);
    name.textContent = conversation.name;
    time.textContent = updatedAt === 0 ? '' : short(updatedAt);
    last.textContent = previewOf(conversation);
    badge.textContent = unread > 99 ? '99+' : String(unread);
    badge.hidden = unread === 0;
    attribute(badge, 'aria-label', texts.of('unread', unread));
    marks.replaceChildren(
      ...[
        mentions > 0 && unread > 0 ? mentioned(mentions) : null,
        pinned ? mark('pinned') : null,
        muted ? mark('muted') : null,
        request ? h('small', { class: 'request' }, texts.of('request')) : null,
      ].filter((each) => each !== null),
    );
    attribute(button, 'data-muted', muted);
    attribute(button, 'data-unread', unread > 0);
    attribute(button, 'aria-current', id === this.#selected ? 'true' : null);
    item.dataset.unread = String(unread);
  }

  #markTabStop(focused) {
    const buttons = [...this.#list.querySelectorAll('.row')];
    const current = this.#rows.get(this.#selected)?.firstElementChild;
    const stop = buttons.includes(focused) ? focused : (current ?? buttons[0]);
    buttons.forEach((button) => attribute(button, 'tabindex', button === stop ? '0' : '-1'));
  }

  #onKey(event) {
    const buttons = [...this.#list.querySelectorAll('.row')];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0 || event.altKey) {
      return;
    }
    event.preventDefault();
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, to))];
    this.#markTabStop(next);
    next.focus();
  }
}

function mentioned(count) {
  const name = texts.of('mentioned', count);
  return h('small', { class: 'mention', role: 'img', title: name, 'aria-label': name, 'data-testid': 'mention' }, '@');
}

/** A sign with a name for those who do not see it. */
function mark(text) {
  return h('span', { class: 'sign', 'data-sign': text, role: 'img', title: texts.of(text), 'aria-label': texts.of(text) });
}
