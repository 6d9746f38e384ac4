import { texts } from '../text/texts.js';

/** What a message says, as plain text. */
export function textOf({ body, recalled, unreadable, hidden, expired }) {
  if (hidden) {
    return texts.of('hiddenMessage');
  }
  if (recalled) {
    return texts.of('recalled');
  }
  if (expired) {
    return texts.of('expired');
  }
  if (unreadable || body === undefined || body === null) {
    return texts.of('unreadable');
  }
  return body.kind === 'text' && typeof body.text === 'string' ? body.text : texts.of('otherKind', body.kind);
}

/** On one line, with who said it where that is not plain. */
export function previewOf(conversation) {
  const { last, me, kind } = conversation;
  if (last === null) {
    return '';
  }
  const text = textOf(last).replace(/\s+/gu, ' ');
  if (last.from === me) {
    return `${texts.of('you')}: ${text}`;
  }
  return kind === 'group' ? `${last.from}: ${text}` : text;
}
