import { MillraceError } from './errors.js';

/** Commands as the frames that carry them, without `ref` and `clientMessageId`. */

/**
 * @param {{to: string|object, body: string|object, replyTo?: number, mentions?: string[], mentionAll?: boolean,
 *     expiresAt?: number, sendAt?: number}} message times in epoch milliseconds
 */
export function sendCommand({ to, body, replyTo, mentions, mentionAll, expiresAt, sendAt }) {
  const command = { type: 'send', to: recipient(to), body: content(body) };
  if (replyTo !== undefined && replyTo !== null) {
    command.replyTo = replyTo;
  }
  if (mentions !== undefined && mentions.length > 0) {
    command.mentions = [...mentions];
  }
  if (mentionAll === true) {
    command.mentionAll = true;
  }
  if (Number.isSafeInteger(expiresAt)) {
    command.expiresAt = expiresAt;
  }
  if (Number.isSafeInteger(sendAt)) {
    command.sendAt = sendAt;
  }
  return command;
}

/** @param version of the `scheduled` event */
export function unscheduleCommand(conversation, version) {
  return { type: 'unschedule', conversation, version };
}

export function editCommand(conversation, seq, body) {
  return { type: 'edit', conversation, seq, body: content(body) };
}

export function recallCommand(conversation, seq) {
  return { type: 'recall', conversation, seq };
}

export function reactCommand(conversation, seq, emoji, op) {
  return { type: 'react', conversation, seq, emoji, op };
}

export function readCommand(conversation, seq) {
  return { type: 'read', conversation, seq };
}

/** @param changes those of `muted`, `pinned`, `hidden`, `clearedSeq`, `draft`, `contact`, `alias`, `invisible` that change */
export function settingsCommand(conversation, changes) {
  return { type: 'settings', conversation, ...changes };
}

export function deleteCommand(conversation, seq) {
  return { type: 'delete', conversation, seq };
}

export function blockCommand(user, block) {
  return { type: block ? 'block' : 'unblock', user };
}

/** The conversation a command is for. */
export function conversationOf(command, user) {
  if (command.type === 'block' || command.type === 'unblock') {
    return directConversation(user, command.user);
  }
  if (command.type !== 'send') {
    return command.conversation;
  }
  return command.to.conversation ?? directConversation(user, command.to.user);
}

/** `d:<a>:<b>`, in the order of ASCII codes. */
export function directConversation(one, other) {
  return one <= other ? `d:${one}:${other}` : `d:${other}:${one}`;
}

/** A string that contains `:` is a conversation, any other one a user. */
function recipient(to) {
  if (typeof to === 'string') {
    return to.includes(':') ? { conversation: to } : { user: to };
  }
  if (typeof to?.conversation === 'string' || typeof to?.user === 'string') {
    return { ...to };
  }
  throw new MillraceError('invalid', 'to: a user or a conversation is needed');
}

/** A string is a text message. */
function content(body) {
  if (typeof body === 'string') {
    return { kind: 'text', text: body };
  }
  if (typeof body?.kind === 'string') {
    return body;
  }
  throw new MillraceError('invalid', 'body: an object with a kind is needed');
}
