/** A message as the page shows it: from an entry, or as it stands in the history. */

export function fromEntry({ at, version, event }) {
  return {
    seq: event.seq,
    version,
    at,
    from: event.from ?? '',
    body: event.body,
    recalled: event.recalled === true,
    unreadable: event.kind === 'unreadable',
    edited: event.edited === true,
    expiresAt: event.expiresAt ?? null,
    expired: event.expired === true,
    hidden: event.hidden === true,
    replyTo: event.replyTo ?? null,
    reactions: new Map(),
    clientMessageId: event.clientMessageId ?? null,
  };
}

export function fromHistory(message) {
  return {
    seq: message.seq,
    version: message.version ?? 0,
    at: message.at ?? 0,
    from: message.from ?? '',
    body: message.body,
    recalled: message.recalled === true,
    unreadable: message.unreadable === true,
    edited: message.edited === true,
    expiresAt: message.expiresAt ?? null,
    expired: message.expired === true,
    hidden: message.hidden === true,
    replyTo: message.replyTo ?? null,
    reactions: new Map((message.reactions ?? []).map(({ emoji, users }) => [emoji, new Set(users)])),
    clientMessageId: message.clientMessageId ?? null,
  };
}

/** Applies a later event; each carries absolute values, so that twice changes nothing. */
export function applyTo(message, event) {
  switch (event.kind) {
    case 'edited':
      if (!message.recalled && !message.expired && event.body !== undefined) {
        Object.assign(message, { body: event.body, edited: true });
      }
      break;
    case 'recalled':
      Object.assign(message, { recalled: true, body: undefined, reactions: new Map() });
      break;
    case 'reaction': {
      const users = message.reactions.get(event.emoji) ?? new Set();
      if (event.op === 'add') {
        users.add(event.by);
      } else {
        users.delete(event.by);
      }
      message.reactions.set(event.emoji, users);
      break;
    }
  }
}
