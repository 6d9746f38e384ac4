import WebSocket from 'ws';
import { MillraceClient } from '../src/index.js';

/** What the tests against a running edge share. The edge is named by MILLRACE_URL. */

export const url = (process.env.MILLRACE_URL ?? 'http://localhost:8080').replace(/\/+$/, '');
const run = Date.now().toString(36);
const opened = [];
let users = 0;

/** A user that nobody was before. */
export function newUser(name) {
  return `${name}-${run}-${++users}`;
}

export async function tokenOf(user) {
  const response = await fetch(`${url}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (!response.ok) {
    throw new Error(`no development token: ${response.status}`);
  }
  return (await response.json()).token;
}

/** A connected client that is closed after the tests; `entries` are all that it told. */
export function newDevice(user, device, settings = {}) {
  const client = new MillraceClient({
    url,
    device,
    token: () => tokenOf(user),
    WebSocket,
    timing: { firstRetryMs: 50, longestRetryMs: 500, answerTimeoutMs: 3000 },
    ...settings,
  });
  const entries = [];
  client.on('entry', (entry) => entries.push(entry));
  client.connect();
  opened.push(client);
  return { user, device, client, entries };
}

export function closeAll() {
  opened.splice(0).forEach((client) => client.close());
}

/** Waits for a condition; says what was missing where it does not come true. */
export async function until(what, condition, limitMs = 60_000) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const held = await condition();
    if (held) {
      return held;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${limitMs} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
