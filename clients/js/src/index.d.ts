/** JSON that the server stores as it came. */
export interface Body {
  kind: string;
  [field: string]: unknown;
}

export type Recipient = string | { user: string } | { conversation: string };

export interface ClientSettings {
  /** Origin of the edge, `http://localhost:8080`. */
  url: string;
  /** Name of this installation, `[A-Za-z0-9][A-Za-z0-9._-]{0,61}`. */
  device: string;
  /** Gives a token whenever another one is needed. */
  token: () => Promise<string> | string;
  /** Keeps cursor and outbox; in memory unless given. */
  store?: Store;
  /**
   * Where a device without a cursor begins: with the first entry of the timeline, or with the list of conversations
   * (event `reset`) and the entries after it.
   */
  start?: 'beginning' | 'conversations';
  /** For a platform without a global WebSocket: `import WebSocket from 'ws'`. */
  WebSocket?: new (url: string, protocol: string) => object;
  fetch?: typeof fetch;
  /** Milliseconds; for tests and special networks. */
  timing?: { firstRetryMs?: number; longestRetryMs?: number; answerTimeoutMs?: number; silenceMs?: number };
}

export interface Cursor {
  epoch: string | null;
  position: number;
  base?: { epoch: string; position: number } | null;
}

export interface StoredCommand {
  number: number;
  key: string | null;
  since: Cursor | null;
  command: object;
}

/** Synchronous: a command is stored before it leaves. */
export interface Store {
  load(): { cursor: Cursor | null; attempt: number; commands: StoredCommand[] };
  saveCursor(cursor: Cursor): void;
  saveAttempt(attempt: number): void;
  putCommand(command: StoredCommand): void;
  removeCommand(number: number): void;
}

export function memoryStore(): Store;
export function webStore(storage: Storage, prefix: string, keep?: { cursor?: boolean }): Store;
export function uuid7Source(now: () => number, fill?: (bytes: Uint8Array) => Uint8Array): () => string;
/** Id of the direct conversation of two users. */
export function directConversation(one: string, other: string): string;

export type Event =
  | {
      kind: 'message';
      seq: number;
      messageId: string;
      from: string;
      body?: Body;
      recalled?: boolean;
      replyTo: number | null;
      mentions: string[];
      mentionAll?: true;
      /** The user has blocked the author. */
      hidden?: true;
      /** Without a body from then on. */
      expiresAt?: number;
      expired?: true;
      /** Does not count as unread. */
      counted?: false;
      /** Devices make no noise for it. */
      notify?: false;
      /** Own messages: version of the `scheduled` event that it was. */
      scheduled?: number;
      clientMessageId?: string;
      device?: string;
    }
  /** Own timeline: a message that waits for its time; `over` and without a body when it does not any more. */
  | {
      kind: 'scheduled';
      body?: Body;
      replyTo?: number | null;
      mentions?: string[];
      sendAt: number;
      expiresAt?: number;
      over?: true;
      by: string;
      clientMessageId?: string;
    }
  /** `scheduled`: version of that event; `code`: why it could not be posted, missing where it was taken back. */
  | { kind: 'unscheduled'; scheduled: number; code?: string; by: string }
  | { kind: 'link'; link: string; until: number | null; by: string }
  | { kind: 'edited'; seq: number; body?: Body; by: string }
  | { kind: 'recalled'; seq: number; by: string }
  | { kind: 'reaction'; seq: number; emoji: string; op: 'add' | 'remove'; by: string }
  | { kind: 'read'; seq: number }
  | { kind: 'members'; added: string[]; removed: string[]; by: string; title?: string; roles?: Record<string, string> }
  | { kind: 'conversation'; title?: string; announcement?: string; joinRule?: 'invitation' | 'open'; by?: string }
  | { kind: 'muted'; users: string[]; until: number | null; by: string }
  | { kind: 'blocked' | 'unblocked'; by: string }
  | { kind: 'dissolved'; removed: string[]; by: string }
  | ({ kind: 'settings'; deletedSeq?: number } & Settings)
  | { kind: 'unreadable'; seq?: number };

/** How a user keeps a conversation; the same on all of its devices. */
export interface Settings {
  /** Left out of the total of unread messages. */
  muted: boolean;
  pinned: boolean;
  /** Not shown until the next message. */
  hidden: boolean;
  /** Messages through here are not shown any more. */
  clearedSeq: number;
  draft: Body | null;
  /** Direct conversations: the other one is a contact, and is called that (empty for none). */
  contact: boolean;
  alias: string;
  /** The conversation with oneself: nobody is told whether the user is there. */
  invisible: boolean;
}

/** `event.kind` may be one that this version does not know: a client passes over it. */
export interface Entry {
  position: number;
  conversation: string;
  version: number | null;
  at: number;
  /** What is unread after it, as the server counts it. */
  unread?: number;
  unreadMentions?: number;
  totalUnread?: number;
  /** Begun by somebody to whom the user has never written. */
  request?: true;
  event: Event | { kind: string & {}; [field: string]: unknown };
}

/** A message as it stands now. */
export interface Message {
  seq: number;
  version?: number;
  messageId: string;
  from: string;
  at: number;
  body?: Body;
  recalled?: boolean;
  expiresAt?: number;
  expired?: boolean;
  edited?: boolean;
  unreadable?: boolean;
  replyTo: number | null;
  mentions: string[];
  reactions?: { emoji: string; users: string[] }[];
}

export interface ConversationSummary extends Settings {
  conversation: string;
  kind: string;
  title: string | null;
  lastSeq: number;
  lastVersion: number;
  readSeq: number;
  unread: number;
  unreadMentions: number;
  request?: true;
  last: Message | null;
  updatedAt: number;
}

export interface Snapshot {
  epoch: string;
  position: number;
  conversations: ConversationSummary[];
  totalUnread: number;
}

export interface ConversationDetails {
  conversation: string;
  kind: string;
  title: string | null;
  members: { user: string; role: string; mutedUntil?: number | null; delivered?: number; read?: number }[];
  mutedUntil?: number | null;
  /** Groups. */
  announcement?: string;
  joinRule?: 'invitation' | 'open';
  /** For owner and admins. */
  links?: { id: string; until: number }[];
  lastSeq: number;
  lastVersion: number;
}

export interface WaitingMessage {
  version: number;
  at: number;
  sendAt: number;
  expiresAt?: number;
  body?: Body;
  replyTo: number | null;
  mentions: string[];
  clientMessageId: string;
}

export interface Contact {
  user: string;
  alias: string;
  contact: boolean;
  position: number;
}

export interface Posted {
  clientMessageId: string;
  conversation: string;
  /** Messages only. */
  seq?: number;
  messageId?: string;
  version?: number;
  at: number;
  duplicate?: boolean;
  unchanged?: boolean;
  /** The message waits for its time. */
  scheduled?: boolean;
}

export type ConnectionState = { /** Nothing is missing as far as this device has heard. */ inStep: boolean } & (
  | { phase: 'idle' | 'connecting' }
  | { phase: 'open'; session: string; user: string; device: string }
  | { phase: 'waiting'; code: number; reason: string; retryInMs: number }
  /** With a code if the client stopped by itself; `connect()` tries again. */
  | { phase: 'stopped'; code?: number; reason?: string }
);

export interface Trace {
  step: 'session' | 'queued' | 'sent' | 'accepted' | 'refused' | 'posted' | 'rejected' | 'pulled';
  /** `performance.now()` */
  at: number;
  handle?: SendHandle;
  error?: MillraceError;
  [field: string]: unknown;
}

export interface ClientEvents {
  state: ConnectionState;
  entry: Entry;
  reset: Snapshot & { reason: 'start' | 'epoch' | 'reset' };
  receipt: { conversation: string; user: string; delivered?: number; read?: number };
  typing: { conversation: string; from: string };
  presence: { conversation: string; user: string; state: 'online' | 'offline'; since?: number };
  /** A message that nobody keeps, of kind `call`. */
  transient: { conversation: string; from: string; at: number; body: Body };
  event: { conversation: string; version: number; event: Event };
  error: MillraceError;
  trace: Trace;
}

export class MillraceError extends Error {
  readonly code: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly details?: Record<string, unknown>;
  /** The same call may succeed later, and may have succeeded already. */
  readonly passes: boolean;
}

export class SendHandle {
  readonly state: 'waiting' | 'sent' | 'accepted' | 'posted' | 'failed';
  /** Null until the first transmission. */
  readonly clientMessageId: string | null;
  readonly command: object;
  readonly error?: MillraceError;
  readonly times: { queued: number; sent?: number; accepted?: number; decided?: number };
  /** Fulfilled when posted, rejected with a MillraceError otherwise. */
  readonly posted: Promise<Posted>;
  on(event: 'sent' | 'accepted' | 'waiting' | 'change', listener: (handle: SendHandle) => void): () => void;
  on(event: 'posted', listener: (posted: Posted) => void): () => void;
  on(event: 'rejected', listener: (error: MillraceError) => void): () => void;
}

export class MillraceClient {
  constructor(settings: ClientSettings);
  readonly device: string;
  readonly state: ConnectionState;
  readonly cursor: Cursor;
  readonly inStep: boolean;
  /** The server's clock as far as this device has heard it, epoch milliseconds. */
  readonly now: number;
  readonly pending: SendHandle[];

  on<E extends keyof ClientEvents>(event: E, listener: (value: ClientEvents[E]) => void): () => void;
  off<E extends keyof ClientEvents>(event: E, listener: (value: ClientEvents[E]) => void): void;

  connect(): void;
  close(): void;
  pull(): Promise<void>;

  send(message: {
    to: Recipient;
    body: string | Body;
    replyTo?: number | null;
    mentions?: string[];
    mentionAll?: boolean;
    expiresAt?: number;
    sendAt?: number;
  }): SendHandle;
  unschedule(conversation: string, version: number): SendHandle;
  edit(conversation: string, seq: number, body: string | Body): SendHandle;
  recall(conversation: string, seq: number): SendHandle;
  react(conversation: string, seq: number, emoji: string, op?: 'add' | 'remove'): SendHandle;
  read(conversation: string, seq: number): SendHandle;
  settings(conversation: string, changes: Partial<Settings>): SendHandle;
  delete(conversation: string, seq: number): SendHandle;
  block(user: string): SendHandle;
  unblock(user: string): SendHandle;
  typing(conversation: string): void;
  askPresence(conversation: string): void;

  createGroup(group: { title: string; members: string[] }): Promise<{ conversation: string; version: number }>;
  addMembers(conversation: string, users: string[]): Promise<{ version: number }>;
  removeMember(conversation: string, user: string): Promise<{ version: number }>;
  setTitle(conversation: string, title: string): Promise<{ version: number }>;
  setGroup(
    conversation: string,
    changes: { title?: string; announcement?: string; joinRule?: 'invitation' | 'open' },
  ): Promise<{ version: number }>;
  createLink(conversation: string, until: number): Promise<{ link: string; id: string; until: number }>;
  revokeLink(conversation: string, link: string): Promise<{ version: number }>;
  join(conversation: string, link?: string): Promise<{ version: number }>;
  contacts(after?: number): Promise<{ epoch: string; position: number; contacts: Contact[] }>;
  scheduled(conversation: string): Promise<WaitingMessage[]>;
  setRole(conversation: string, user: string, role: 'member' | 'admin' | 'owner'): Promise<{ version: number }>;
  muteMembers(conversation: string, users: string[], until: number | null): Promise<{ version: number }>;
  dissolve(conversation: string): Promise<{ version: number }>;

  conversations(): Promise<Snapshot>;
  conversation(id: string, options?: { atLeast?: number }): Promise<ConversationDetails>;
  history(
    conversation: string,
    options?: { before?: number; after?: number; limit?: number; atLeast?: number },
  ): Promise<{ messages: Message[]; more: boolean }>;
}
