import { attribute, h } from '../dom.js';
import { clock, full } from '../text/format.js';
import { texts } from '../text/texts.js';
import { textOf } from './preview.js';

const EMOJI = ['👍', '❤️', '😂'];

/**
 * One message of the timeline.
 *
 * @param {{message: object, own: boolean, first: boolean, quoted: object|undefined, reached: string, me: string,
 *     onReply: Function, onEdit: Function, onRecall: Function, onDelete: Function, onReact: (emoji: string, op: string) => void}} parts
 *     `first` of a run of one person's messages, `quoted` the one it answers
 */
export function bubble(parts) {
  const { message, own, first } = parts;
  const text = textOf(message);
  const gone = message.recalled || message.unreadable || message.hidden || message.expired;
  return h(
    'li',
    {
      class: 'message',
      tabindex: '-1',
      'data-testid': 'message',
      'data-seq': message.seq,
      'data-own': own,
      'data-first': first,
      'data-gone': gone,
    },
    own || !first ? null : h('p', { class: 'from', dir: 'auto' }, message.from),
    gone ? null : tools(parts),
    h(
      'div',
      { class: 'bubble' },
      quote(parts.quoted),
      h('p', { class: 'text', dir: 'auto', 'data-testid': 'text' }, text),
      h(
        'p',
        { class: 'meta' },
        message.edited && !gone ? h('span', {}, texts.of('edited')) : null,
        message.expiresAt !== null && !gone ? ending(message.expiresAt) : null,
        h('time', { datetime: new Date(message.at).toISOString(), title: full(message.at) }, clock(message.at)),
        own ? tick(parts.reached) : null,
      ),
    ),
    gone ? null : reactions(parts),
  );
}

/** An own message that is not in the timeline yet. */
export function draft({ handle, onRetry, onDiscard }) {
  const failed = handle.state === 'failed';
  return h(
    'li',
    { class: 'message', 'data-own': true, 'data-failed': failed, 'data-testid': 'draft', 'data-state': handle.state },
    h(
      'div',
      { class: 'bubble' },
      h('p', { class: 'text', dir: 'auto', 'data-testid': 'text' }, textOf(handle.command)),
      h('p', { class: 'meta' }, failed ? null : tick(handle.state)),
    ),
    failed
      ? h(
          'p',
          { class: 'failure', role: 'alert' },
          texts.ofError(handle.error),
          h('button', { type: 'button', class: 'link', 'data-testid': 'retry', onclick: onRetry }, texts.of('tryAgain')),
          h('button', { type: 'button', class: 'link', 'data-testid': 'discard', onclick: onDiscard }, texts.of('discard')),
        )
      : null,
  );
}

function ending(at) {
  const name = texts.of('endsAt', full(at));
  return h('span', { class: 'ends', title: name, role: 'img', 'aria-label': name, 'data-testid': 'ends' }, '◔');
}

const TICKS = { waiting: '◷', sent: '◷', accepted: '✓', posted: '✓✓', delivered: '✓✓', read: '✓✓' };

function tick(state) {
  const name = texts.of(`state${state[0].toUpperCase()}${state.slice(1)}`);
  return h('span', { class: 'tick', 'data-reached': state, title: name, role: 'img', 'aria-label': name }, TICKS[state]);
}

function quote(quoted) {
  return quoted === undefined
    ? null
    : h('p', { class: 'quote', dir: 'auto' }, h('bdi', {}, quoted.from), ': ', textOf(quoted));
}

function tools({ own, onReply, onEdit, onRecall, onDelete, onReact }) {
  const tool = (label, text, onclick, testId) =>
    h('button', { type: 'button', tabindex: '-1', 'aria-label': label, title: label, 'data-testid': testId, onclick }, text);
  return h(
    'div',
    { class: 'tools' },
    EMOJI.map((emoji) => tool(texts.of('react', emoji), emoji, () => onReact(emoji, 'add'), 'react')),
    tool(texts.of('reply'), '↩', onReply, 'reply'),
    own ? tool(texts.of('edit'), '✎', onEdit, 'edit') : null,
    own ? tool(texts.of('recall'), '⌫', onRecall, 'recall') : null,
    tool(texts.of('deleteForMe'), '✕', onDelete, 'delete'),
  );
}

function reactions({ message, me, onReact }) {
  const shown = [...message.reactions].filter(([, users]) => users.size > 0);
  if (shown.length === 0) {
    return null;
  }
  return h(
    'div',
    { class: 'reactions' },
    shown.map(([emoji, users]) => {
      const mine = users.has(me);
      const button = h(
        'button',
        {
          type: 'button',
          title: [...users].join(', '),
          'data-testid': 'reaction',
          onclick: () => onReact(emoji, mine ? 'remove' : 'add'),
        },
        `${emoji} ${users.size}`,
      );
      attribute(button, 'aria-pressed', String(mine));
      return button;
    }),
  );
}
