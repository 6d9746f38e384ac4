import { texts } from './texts.js';

/** Times and days in the reader's language and time zone. */
const made = new Map();

function formatter(name, options) {
  const key = `${texts.locale} ${name}`;
  if (!made.has(key)) {
    made.set(key, new Intl.DateTimeFormat(texts.locale, options));
  }
  return made.get(key);
}

export function clock(at) {
  return formatter('clock', { hour: '2-digit', minute: '2-digit' }).format(at);
}

export function day(at) {
  const days = daysAgo(at);
  if (days === 0) {
    return texts.of('today');
  }
  return days === 1 ? texts.of('yesterday') : formatter('day', { dateStyle: 'full' }).format(at);
}

/** For a list: the time today, the day before. */
export function short(at) {
  const days = daysAgo(at);
  if (days === 0) {
    return clock(at);
  }
  return days === 1 ? texts.of('yesterday') : formatter('short', { month: 'short', day: 'numeric' }).format(at);
}

export function full(at) {
  return formatter('full', { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

export function sameDay(a, b) {
  return startOfDay(a) === startOfDay(b);
}

export function milliseconds(ms) {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function daysAgo(at) {
  return Math.round((startOfDay(Date.now()) - startOfDay(at)) / 86_400_000);
}

function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
