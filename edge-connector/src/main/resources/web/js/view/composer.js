import { byId } from '../dom.js';
import { texts } from '../text/texts.js';
import { Mentions } from './mentions.js';
import { showError } from './notice.js';
import { textOf } from './preview.js';
import { Times } from './times.js';

const TYPING_MS = 3_000;
const DRAFT_MS = 1_000;

/** Where messages are written. Enter sends, unless an input method is still composing; what is written stays with its conversation. */
export class Composer {
  #form = byId('composer');
  #field = byId('composer-text');
  #about = byId('composer-about');
  #client;
  #drafts;
  #times = new Times();
  #mentions;
  #conversation = null;
  #written = new Map();
  #replyTo = null;
  #editing = null;
  #toldTyping = -Infinity;
  #draftTimer = null;
  /** The draft as the other devices know it. */
  #shared = '';

  constructor(client, drafts) {
    this.#client = client;
    this.#drafts = drafts;
    // Takes its keys before Enter sends.
    this.#mentions = new Mentions();
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#field.addEventListener('keydown', (event) => this.#onKey(event));
    this.#field.addEventListener('input', () => {
      this.#grow();
      this.#tellTyping();
      this.#keepDraftSoon();
    });
    this.#about.querySelector('button').addEventListener('click', () => this.#clear());
  }

  open(conversation) {
    if (this.#conversation !== null) {
      this.#keepDraft();
      this.#written.set(this.#conversation.id, this.#editing === null ? this.#field.value : '');
    }
    this.#conversation = conversation;
    this.#times.reset();
    this.#mentions.use(() => [...conversation.people.keys()].filter((name) => name !== conversation.me));
    this.#toldTyping = -Infinity;
    this.#shared = conversation.draft;
    this.#clear(conversation.lastVersion > 0 ? conversation.draft : (this.#written.get(conversation.id) ?? ''));
  }

  /** Another device of the user wrote: what was not touched here follows. */
  onSettings(conversation) {
    if (conversation === this.#conversation && conversation.draft !== this.#shared) {
      const untouched = this.#editing === null && this.#field.value === this.#shared;
      this.#shared = conversation.draft;
      if (untouched) {
        this.#field.value = conversation.draft;
        this.#grow();
      }
    }
  }

  focus() {
    this.#field.focus();
  }

  reply(message) {
    this.#clear(this.#field.value);
    this.#replyTo = message.seq;
    this.#tell(`${texts.of('replyingTo', message.from)}: ${textOf(message)}`);
  }

  edit(message) {
    this.#clear(textOf(message));
    this.#editing = message.seq;
    this.#tell(texts.of('editing'));
  }

  #onKey(event) {
    // 229: some browsers end the composition before they tell of the key that ended it.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && !composing && !this.#about.hidden) {
      event.stopPropagation();
      this.#clear();
    }
  }

  #keepDraftSoon() {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#keepDraft(), DRAFT_MS);
  }

  /** For the user's other devices; a conversation that has not begun has no place for it yet. */
  #keepDraft() {
    clearTimeout(this.#draftTimer);
    const conversation = this.#conversation;
    const text = this.#field.value.trim() === '' ? '' : this.#field.value;
    if (conversation !== null && this.#editing === null && conversation.lastVersion > 0 && text !== this.#shared) {
      this.#shared = text;
      conversation.draft = text;
      const draft = text === '' ? null : { kind: 'text', text };
      this.#client.settings(conversation.id, { draft }).posted.catch(showError);
    }
  }

  /** Once in three seconds: more is not passed on. */
  #tellTyping() {
    const now = performance.now();
    if (this.#conversation !== null && this.#field.value !== '' && now - this.#toldTyping > TYPING_MS) {
      this.#toldTyping = now;
      this.#client.typing(this.#conversation.id);
    }
  }

  #send() {
    const text = this.#field.value.trim();
    if (text === '' || this.#conversation === null) {
      return;
    }
    try {
      if (this.#editing === null) {
        this.#drafts.send({
          to: recipient(this.#conversation),
          body: { kind: 'text', text },
          replyTo: this.#replyTo,
          ...(this.#conversation.kind === 'group' ? this.#mentions.of(text) : {}),
          ...this.#times.of(this.#client.now),
        });
        this.#times.onSent();
      } else {
        this.#client.edit(this.#conversation.id, this.#editing, { kind: 'text', text }).posted.catch(showError);
      }
      this.#clear();
      this.#keepDraft();
    } catch (error) {
      // Nothing was taken: what was written stays in the field.
      showError(error);
    }
    this.focus();
  }

  #tell(text) {
    this.#about.hidden = false;
    this.#about.querySelector('span').textContent = text;
    this.focus();
  }

  #clear(text = '') {
    this.#replyTo = null;
    this.#editing = null;
    this.#about.hidden = true;
    this.#field.value = text;
    this.#grow();
  }

  #grow() {
    this.#field.style.height = 'auto';
    // What is not shown yet has no height of its own.
    if (this.#field.scrollHeight > 0) {
      this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
    }
  }
}

function recipient({ kind, id, other }) {
  return kind === 'direct' ? { user: other } : { conversation: id };
}
