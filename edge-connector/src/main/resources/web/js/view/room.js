import { attribute, batched, byId, dressAvatar, h } from '../dom.js';
import { day, sameDay } from '../text/format.js';
import { texts } from '../text/texts.js';
import { bubble, draft } from './bubble.js';
import { showError } from './notice.js';
import { seenText } from './seen.js';

const NEAR_PX = 120;
const RUN_MS = 5 * 60_000;

/** The open conversation: its messages, own ones that are on their way, and older ones when scrolled up. */
export class RoomView {
  #parts;
  #log = byId('log');
  #conversation = null;
  #atEnd = true;
  /** Where the log stood when that was known. */
  #top = 0;
  #bubbles = new Map();
  #render = batched(() => this.#write());

  /** @param {{model: object, history: object, drafts: object, client: object, composer: object}} parts */
  constructor(parts) {
    this.#parts = parts;
    parts.model.on('room', (id) => id === this.#conversation?.id && this.#render());
    texts.on('change', () => {
      this.#bubbles.clear();
      this.#render();
    });
    this.#log.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#log.addEventListener('keydown', (event) => this.#onKey(event));
    byId('earlier').addEventListener('click', () => this.#loadEarlier());
    byId('to-end').addEventListener('click', () => this.#toEnd());
    document.addEventListener('visibilitychange', () => this.#markRead());
    // Another width breaks lines elsewhere: who read the end still reads the end.
    new ResizeObserver(() => this.#isAtEnd() && this.#toEnd()).observe(this.#log);
  }

  get conversation() {
    return this.#conversation;
  }

  async open(conversation) {
    this.#conversation = conversation;
    this.#parts.presence.watch(conversation.id);
    this.#bubbles.clear();
    byId('messages').replaceChildren();
    this.#write();
    this.#toEnd();
    await this.#load();
    if (conversation === this.#conversation) {
      this.#toEnd();
    }
  }

  close() {
    this.#conversation = null;
    this.#parts.presence.watch(null);
    this.#write();
  }

  /** Something about this conversation's drafts changed, about what waits, or about who is there. */
  onDrafts(id) {
    if (id === this.#conversation?.id) {
      this.#render();
    }
  }

  async #load() {
    try {
      const conversation = this.#conversation;
      await this.#parts.history.open(conversation);
      // Not waited for: by then the reader may have scrolled away from the end.
      this.#loadDetails(conversation).catch(showError);
    } catch (error) {
      showError(error);
    }
  }

  /** Who belongs to it and is how far, and what waits; what happens from now on is told. */
  async #loadDetails(conversation) {
    if (conversation.lastVersion > 0 && !conversation.left) {
      const { client, waiting } = this.#parts;
      waiting.load(conversation.id).catch(showError);
      conversation.applyDetails(await client.conversation(conversation.id));
      this.#render();
    }
  }

  #write() {
    const conversation = this.#conversation;
    byId('app').toggleAttribute('data-room', conversation !== null);
    for (const id of ['room-head', 'log', 'composer']) {
      byId(id).hidden = conversation === null;
    }
    byId('room-none').hidden = conversation !== null;
    if (conversation === null) {
      return;
    }
    if (!conversation.loaded && conversation.lastVersion > 0 && !this.#parts.history.isBusy(conversation)) {
      this.#load();
    }
    const atEnd = this.#isAtEnd();
    const keepPlace = this.#place();
    this.#writeHead(conversation);
    this.#writeMessages(conversation);
    this.#writeDrafts(conversation);
    if (atEnd) {
      this.#toEnd();
    } else {
      keepPlace();
      byId('to-end').hidden = conversation.unread === 0;
    }
    this.#markRead();
  }

  #writeHead(conversation) {
    const { kind, name, me, other, left } = conversation;
    dressAvatar(byId('room-avatar'), name);
    byId('room-title').textContent = name;
    const subtitle = kind === 'group' ? 'group' : other === me ? 'notes' : 'direct';
    const presence = kind === 'direct' && other !== me ? this.#parts.presence.of(other) : undefined;
    byId('room-presence').hidden = presence?.state !== 'online';
    byId('announcement').hidden = conversation.announcement === '' || left;
    byId('announcement').querySelector('span').textContent = conversation.announcement;
    const writing = this.#parts.typing.of(conversation.id);
    byId('room-subtitle').textContent = left
      ? texts.ofError({ code: 'not_member' })
      : writing.length > 0
        ? texts.of('typing', writing.join(', '))
        : (seenText(presence) ?? texts.of(subtitle));
    this.#parts.menu.write(conversation);
    byId('members').hidden = kind !== 'group';
    byId('earlier').hidden = !conversation.loaded || conversation.complete;
    const begins = conversation.complete || conversation.lastVersion === 0;
    byId('beginning').hidden = !begins;
    byId('beginning').textContent = texts.of('beginning');
  }

  #writeMessages(conversation) {
    const list = byId('messages');
    const messages = conversation.loaded ? conversation.ordered() : [];
    let before;
    const wanted = [];
    for (const message of messages) {
      if (before === undefined || !sameDay(before.at, message.at)) {
        wanted.push(this.#kept(`day ${message.seq}`, day(message.at), () => h('li', { class: 'day' }, day(message.at))));
        before = undefined;
      }
      wanted.push(this.#bubble(conversation, message, before));
      before = message;
    }
    place(list, wanted);
  }

  #bubble(conversation, message, before) {
    const { me } = conversation;
    const own = message.from === me;
    const first = before?.from !== message.from || message.at - before.at > RUN_MS;
    const quoted = message.replyTo === null ? undefined : conversation.messages.get(message.replyTo);
    const reached = own ? conversation.reached(message.seq) : '';
    const { body, recalled, edited, unreadable, hidden, expired } = message;
    const reactions = [...message.reactions].map(([emoji, users]) => [emoji, ...users]);
    const looks = JSON.stringify([body, recalled, edited, unreadable, hidden, expired, first, quoted?.body, quoted?.recalled, reached, reactions]);
    return this.#kept(`seq ${message.seq}`, looks, () =>
      bubble({ message, own, first, quoted, reached, me, ...this.#actions(conversation, message) }),
    );
  }

  #actions({ id }, message) {
    const { client, composer } = this.#parts;
    const orError = (handle) => handle.posted.catch(showError);
    return {
      onReply: () => composer.reply(message),
      onEdit: () => composer.edit(message),
      onRecall: () => orError(client.recall(id, message.seq)),
      onDelete: () => orError(client.delete(id, message.seq)),
      onReact: (emoji, op) => orError(client.react(id, message.seq, emoji, op)),
    };
  }

  /** An element is made again only when it looks different, so that focus and selection stay. */
  #kept(key, looks, make) {
    const kept = this.#bubbles.get(key);
    if (kept?.looks === looks) {
      return kept.element;
    }
    const element = make();
    this.#bubbles.set(key, { looks, element });
    return element;
  }

  #writeDrafts(conversation) {
    const { drafts } = this.#parts;
    const wanted = drafts.of(conversation.id).map((handle) =>
      draft({
        handle,
        onRetry: () => {
          drafts.discard(handle);
          const { type, ...message } = handle.command;
          drafts.send(message);
        },
        onDiscard: () => drafts.discard(handle),
      }),
    );
    byId('pending').replaceChildren(...wanted);
    this.#parts.strip.write(conversation.id, this.#parts.waiting.of(conversation.id));
  }

  #markRead() {
    const conversation = this.#conversation;
    if (conversation === null || document.visibilityState !== 'visible' || !conversation.loaded) {
      return;
    }
    if (conversation.unread > 0 && this.#atEnd) {
      const seq = conversation.lastSeq;
      conversation.askedSeq = seq;
      this.#parts.client.read(conversation.id, seq);
      this.#parts.model.emit('list');
    }
  }

  /** What is in view stays where it is, whatever comes in above: the answer puts it back. */
  #place() {
    const edge = this.#log.getBoundingClientRect().top;
    const messages = [...byId('messages').querySelectorAll('.message')];
    const seen = messages.find((each) => each.getBoundingClientRect().bottom > edge);
    const before = seen?.getBoundingClientRect().top;
    return () => {
      // The same message may be another element by now.
      const again = seen && byId('messages').querySelector(`[data-seq="${seen.dataset.seq}"]`);
      if (again) {
        this.#log.scrollTop += again.getBoundingClientRect().top - before;
      }
    };
  }

  #toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#top = this.#log.scrollTop;
    byId('to-end').hidden = true;
    this.#markRead();
  }

  /** Whoever has scrolled is asked where to before the event of it has come: a message may come first. */
  #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    if (scrollTop !== this.#top) {
      this.#top = scrollTop;
      this.#atEnd = scrollHeight - clientHeight - scrollTop < NEAR_PX;
    }
    return this.#atEnd;
  }

  #onScroll() {
    const { scrollTop } = this.#log;
    if (this.#isAtEnd()) {
      byId('to-end').hidden = true;
      this.#markRead();
    }
    if (scrollTop < NEAR_PX) {
      this.#loadEarlier();
    }
  }

  /** Nothing of it is read aloud. */
  async #loadEarlier() {
    const conversation = this.#conversation;
    const { history } = this.#parts;
    if (conversation === null || !conversation.loaded || conversation.complete || history.isBusy(conversation)) {
      return;
    }
    attribute(this.#log, 'aria-busy', 'true');
    try {
      await history.earlier(conversation);
    } catch (error) {
      showError(error);
    } finally {
      attribute(this.#log, 'aria-busy', null);
    }
  }

  /** Up and down go from message to message, left and right through its tools, Escape back to the composer. */
  #onKey(event) {
    const { key } = event;
    if (key === 'Escape') {
      byId('composer-text').focus();
    } else if (key === 'ArrowUp' || key === 'ArrowDown') {
      this.#moveBy(event, key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const message = document.activeElement?.closest('.message');
      const tools = [...(message?.querySelectorAll('.tools button') ?? [])];
      const at = tools.indexOf(document.activeElement);
      const forward = key === 'ArrowRight' ? 1 : -1;
      tools.at((at + forward + tools.length) % Math.max(1, tools.length))?.focus();
    }
  }

  #moveBy(event, step) {
    const messages = [...byId('messages').querySelectorAll('.message')];
    const at = messages.indexOf(document.activeElement?.closest('.message'));
    const next = at < 0 ? messages.at(-1) : messages[at + step];
    if (next !== undefined && !event.altKey) {
      event.preventDefault();
      next.focus();
    }
  }
}

/** Makes the children those elements in that order, and touches only what is different. */
function place(list, wanted) {
  const staying = new Set(wanted);
  for (const child of [...list.children]) {
    if (!staying.has(child)) {
      child.remove();
    }
  }
  let at = list.firstElementChild;
  for (const element of wanted) {
    if (element === at) {
      at = at.nextElementSibling;
    } else {
      list.insertBefore(element, at);
    }
  }
}
