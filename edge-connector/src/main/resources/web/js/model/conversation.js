import { applyTo, fromEntry, fromHistory } from './message.js';

/** One conversation: a line of the list, and the messages that were loaded of it. */
export class Conversation {
  constructor(id, me) {
    this.id = id;
    this.me = me;
    this.kind = id.startsWith('d:') ? 'direct' : 'group';
    this.title = null;
    this.lastSeq = 0;
    this.lastVersion = 0;
    this.last = null;
    /** As the server counts; nothing is counted here. */
    this.counted = 0;
    /** Read through here, whether or not the server has said so yet. */
    this.askedSeq = 0;
    this.muted = false;
    this.pinned = false;
    this.hidden = false;
    this.clearedSeq = 0;
    /** Text that is being written, on whichever device. */
    this.draft = '';
    this.request = false;
    /** It was opened here, to begin it. */
    this.opened = false;
    /** The other one is a contact, and is called that. */
    this.contact = false;
    this.alias = '';
    /** Of one's notes: nobody is told whether the user is there. */
    this.invisible = false;
    this.mentions = 0;
    this.announcement = '';
    this.joinRule = 'invitation';
    /** Members by name, with their roles; empty until they are asked for. */
    this.people = new Map();
    this.updatedAt = 0;
    this.messages = new Map();
    /** Everything from the oldest loaded message to the last one is here. */
    this.loaded = false;
    this.complete = false;
    this.receipts = new Map();
    this.left = false;
    /** Events since the present request for history began; its answer may be older than they are. */
    this.since = null;
  }

  /** The other one of a direct conversation; oneself in one's notes. */
  get other() {
    const [, a, b] = this.id.split(':');
    return a === this.me ? b : a;
  }

  get name() {
    return this.kind === 'direct' ? this.alias || this.other : this.title || this.id;
  }

  /** Whether there is something to list: a contact alone is no conversation yet. */
  get begun() {
    return this.kind === 'group' || this.lastSeq > 0 || this.pinned || this.draft !== '' || this.opened;
  }

  get unread() {
    return this.askedSeq >= this.lastSeq ? 0 : this.counted;
  }

  get oldest() {
    return Math.min(...this.messages.keys());
  }

  /** A line of the server's list. */
  applySummary({ kind, title, lastSeq, lastVersion, unread, unreadMentions, last, updatedAt, request, member, ...settings }) {
    Object.assign(this, { kind, title, lastSeq, lastVersion, updatedAt });
    this.counted = unread;
    this.mentions = unreadMentions ?? 0;
    this.request = request === true;
    this.left = member === false;
    this.#applySettings(settings);
    this.last = last === null || last === undefined ? null : fromHistory(last);
    this.messages = new Map();
    this.loaded = false;
    this.complete = false;
    this.since = null;
  }

  applyEntry(entry) {
    const { event, version, at } = entry;
    this.lastVersion = Math.max(this.lastVersion, version ?? 0);
    this.since?.push(entry);
    this.counted = entry.unread ?? this.counted;
    this.mentions = entry.unreadMentions ?? this.mentions;
    switch (event.kind) {
      case 'message':
        this.#add(entry);
        break;
      case 'unreadable':
        if (event.seq !== undefined && event.seq > this.lastSeq) {
          this.#add(entry);
        }
        break;
      case 'read':
        return;
      case 'settings':
        this.#applySettings(event);
        this.#forget(event.deletedSeq);
        return;
      case 'blocked':
      case 'unblocked':
      case 'link':
      case 'scheduled':
      case 'unscheduled':
        return;
      case 'dissolved':
        this.left = true;
        break;
      case 'members':
        this.title = event.title ?? this.title;
        this.left = event.removed.includes(this.me) || (this.left && !event.added.includes(this.me));
        this.#applyMembers(event);
        break;
      case 'conversation':
        this.applyGroup(event);
        break;
      default:
        this.#change(event);
    }
    this.updatedAt = Math.max(this.updatedAt, at);
  }

  /** What the server says of the conversation as a whole. */
  applyDetails({ members, ...group }) {
    this.people = new Map(members.map(({ user, role }) => [user, role]));
    members.forEach((member) => this.applyReceipt(member));
    this.applyGroup(group);
  }

  applyGroup({ title, announcement, joinRule }) {
    this.title = title ?? this.title;
    this.announcement = announcement ?? this.announcement;
    this.joinRule = joinRule ?? this.joinRule;
  }

  /** Messages whose time is over lose what they said. */
  expire(now) {
    const over = [...this.messages.values(), this.last].filter(
      (message) => message !== null && !message.expired && message.expiresAt !== null && message.expiresAt <= now,
    );
    over.forEach((message) => Object.assign(message, { expired: true, body: undefined }));
    return over.length > 0;
  }

  /** When the next of its messages ends; Infinity for none. */
  get nextEnd() {
    return [...this.messages.values(), this.last].reduce(
      (next, message) => (message === null || message.expired ? next : Math.min(next, message.expiresAt ?? Infinity)),
      Infinity,
    );
  }

  applyReceipt({ user, delivered, read }) {
    const known = this.receipts.get(user) ?? { delivered: 0, read: 0 };
    this.receipts.set(user, {
      delivered: Math.max(known.delivered, delivered ?? 0),
      read: Math.max(known.read, read ?? 0),
    });
  }

  /** A page of history that ends where the loaded part begins, or at the end of the conversation. */
  applyHistory({ messages, more }) {
    for (const message of messages) {
      this.messages.set(message.seq, fromHistory(message));
    }
    for (const { event } of this.since ?? []) {
      this.#change(event);
    }
    this.since = null;
    this.loaded = true;
    this.complete = !more;
  }

  ordered() {
    return [...this.messages.values()].sort((a, b) => a.seq - b.seq);
  }

  /** How far an own message has come: posted, delivered, read; by all the others who tell. */
  reached(seq) {
    const others = [...this.receipts].filter(([user]) => user !== this.me).map(([, receipt]) => receipt);
    if (others.length > 0 && others.every(({ read }) => read >= seq)) {
      return 'read';
    }
    return others.some(({ delivered, read }) => delivered >= seq || read >= seq) ? 'delivered' : 'posted';
  }

  #add(entry) {
    const message = fromEntry(entry);
    const { seq } = message;
    this.hidden = false;
    this.request = this.kind === 'direct' && entry.request === true;
    this.messages.set(seq, message);
    if (seq > this.lastSeq) {
      this.lastSeq = seq;
      this.last = message;
    }
  }

  #applyMembers({ added, removed, roles = {} }) {
    removed.forEach((user) => this.people.delete(user));
    added.forEach((user) => this.people.set(user, roles[user] ?? 'member'));
  }

  #applySettings({
    muted = false,
    pinned = false,
    hidden = false,
    clearedSeq = 0,
    draft = null,
    contact = false,
    alias = '',
    invisible = false,
  }) {
    Object.assign(this, { muted, pinned, hidden, clearedSeq, contact, alias, invisible, draft: draft?.text ?? '' });
    for (const seq of this.messages.keys()) {
      if (seq <= clearedSeq) {
        this.messages.delete(seq);
      }
    }
    if (this.last !== null && this.last.seq <= clearedSeq) {
      this.last = null;
    }
  }

  /** A message that the user has deleted for itself. */
  #forget(seq) {
    if (seq !== undefined) {
      this.messages.delete(seq);
      if (this.last?.seq === seq) {
        this.last = this.ordered().at(-1) ?? null;
      }
    }
  }

  #change(event) {
    const message = this.messages.get(event.seq);
    if (message !== undefined) {
      applyTo(message, event);
    }
    if (this.last?.seq === event.seq && this.last !== message) {
      applyTo(this.last, event);
    }
  }
}
