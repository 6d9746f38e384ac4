/** What a device knows after its entries: each conversation's messages as they stand. Checks the numbers on the way. */
export function replicaOf(entries) {
  const conversations = new Map();
  entries.forEach(({ position, conversation, event }, index) => {
    if (position !== entries[0].position + index) {
      throw new Error(`position ${position} at place ${index}: ${entries.map((entry) => entry.position).join(' ')}`);
    }
    const messages = conversations.get(conversation) ?? new Map();
    conversations.set(conversation, messages);
    apply(messages, event);
  });
  return Object.fromEntries(
    [...conversations]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, messages]) => [id, [...messages.values()].sort((a, b) => a.seq - b.seq).map(plain)]),
  );
}

/** The same, of what the server's history says. */
export function replicaOfHistory(messages) {
  return messages.map(({ seq, from, body, recalled, reactions }) =>
    plain({
      seq,
      from,
      text: recalled ? null : body.text,
      reactions: new Set((reactions ?? []).flatMap(({ emoji, users }) => users.map((user) => `${user} ${emoji}`))),
    }),
  );
}

function apply(messages, event) {
  const message = messages.get(event.seq);
  switch (event.kind) {
    case 'message':
      if (message !== undefined) {
        throw new Error(`seq ${event.seq} twice`);
      }
      messages.set(event.seq, {
        seq: event.seq,
        from: event.from,
        text: event.recalled ? null : event.body.text,
        reactions: new Set(),
      });
      break;
    case 'edited':
      message.text = message.text === null || event.recalled ? null : event.body.text;
      break;
    case 'recalled':
      message.text = null;
      break;
    case 'reaction':
      if (event.op === 'add') {
        message.reactions.add(`${event.by} ${event.emoji}`);
      } else {
        message.reactions.delete(`${event.by} ${event.emoji}`);
      }
      break;
  }
}

function plain({ seq, from, text, reactions }) {
  return { seq, from, text, reactions: text === null ? [] : [...reactions].sort() };
}
