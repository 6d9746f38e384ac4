import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Backoff } from '../src/backoff.js';
import { ServerClock } from '../src/clock.js';
import { Connection } from '../src/connection.js';
import { TokenSource } from '../src/tokens.js';

let sockets;
let states;
let sessions;
let tokens;
let now;
let connection;

class WireSocket {
  constructor(url, protocol) {
    Object.assign(this, { url, protocol, sent: [], readyState: 1, closedWith: null });
    sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closedWith = code;
  }

  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  end(code) {
    this.onclose?.({ code, reason: '' });
  }

  types() {
    return this.sent.map(({ type }) => type);
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_790_000_000_000 });
  sockets = [];
  states = [];
  sessions = [];
  now = 0;
  let asked = 0;
  let attempt = 0;
  tokens = new TokenSource(async () => `t-${++asked}`);
  connection = new Connection({
    WebSocket: WireSocket,
    url: 'ws://edge/v1/ws',
    device: 'phone-1',
    tokens,
    nextAttempt: () => ++attempt,
    clock: new ServerClock(),
    backoff: new Backoff({ first: 100, longest: 1000, random: () => 1 }),
    now: () => now,
    events: {
      onSession: ({ session }) => sessions.push(session),
      onFrame: () => {},
      onSessionEnd: () => sessions.push('end'),
      onState: (state) => states.push(state),
    },
  });
});

const settle = () => new Promise(setImmediate);

async function pass(ms) {
  now += ms;
  mock.timers.tick(ms);
  await settle();
}

/** Lets the next connection open and be welcomed. */
async function welcomed(more = {}) {
  await settle();
  const socket = sockets.at(-1);
  socket.onopen();
  socket.say({
    type: 'welcome',
    session: `s-${sockets.length}`,
    epoch: 'e1',
    head: 0,
    now: Date.now(),
    tokenExpiresAt: Date.now() + 900_000,
    heartbeatSeconds: 30,
    ...more,
  });
  return socket;
}

async function opened() {
  connection.connect();
  return welcomed();
}

test('should greet with token, device and a rising attempt', async () => {
  const first = await opened();
  assert.equal(first.protocol, 'millrace.v1.json');
  assert.deepEqual(first.sent[0], { type: 'hello', token: 't-1', device: 'phone-1', attempt: 1 });
  first.end(4408);
  await pass(0);
  const second = await welcomed();
  assert.equal(second.sent[0].attempt, 2);
  assert.deepEqual(sessions, ['s-1', 'end', 's-2']);
});

test('should ping when nothing else was sent', async () => {
  const socket = await opened();
  await pass(15_000);
  assert.deepEqual(socket.types(), ['hello', 'ping']);
});

test('should come back when the server was silent for twice the time', async () => {
  const socket = await opened();
  for (let i = 0; i < 4; i++) {
    await pass(15_000);
  }
  assert.equal(states.at(-1).phase, 'waiting');
  assert.notEqual(socket.closedWith, null);
});

test('should stay while the server answers', async () => {
  const socket = await opened();
  for (let i = 0; i < 20; i++) {
    socket.say({ type: 'pong' });
    await pass(15_000);
  }
  assert.equal(states.at(-1).phase, 'open');
});

test('should renew the token before it expires', async () => {
  const socket = await opened();
  for (let i = 0; i < 48; i++) {
    socket.say({ type: 'pong' });
    await pass(15_000);
  }
  assert.deepEqual(socket.sent.filter(({ type }) => type === 'auth'), [{ type: 'auth', token: 't-2' }]);
});

test('should get a new token after 4401, and back off when that one is refused too', async () => {
  const first = await opened();
  first.end(4401);
  assert.equal(states.at(-1).retryInMs, 0);
  await pass(0);
  sockets[1].onopen();
  assert.equal(sockets[1].sent[0].token, 't-2');
  sockets[1].end(4401);
  assert.equal(states.at(-1).retryInMs, 100);
});

test('should wait as long as goaway says', async () => {
  const socket = await opened();
  socket.say({ type: 'goaway', reconnectAfterMs: 1500 });
  socket.end(1001);
  assert.deepEqual(states.at(-1), { phase: 'waiting', code: 1001, reason: '', retryInMs: 1500 });
});

test('should spread over 1 to 30 s when the server is full', async () => {
  const socket = await opened();
  socket.end(1013);
  const { retryInMs } = states.at(-1);
  assert.ok(retryInMs >= 1000 && retryInMs <= 30_000);
});

test('should stop and report after a frame that was too large', async () => {
  const socket = await opened();
  socket.end(1009);
  assert.deepEqual(states.at(-1), { phase: 'stopped', code: 1009, reason: '' });
  await pass(600_000);
  assert.equal(sockets.length, 1);
});

test('should try once more after it was replaced, and then leave it', async () => {
  const first = await opened();
  first.end(4409);
  const { retryInMs } = states.at(-1);
  assert.ok(retryInMs >= 30_000 && retryInMs <= 60_000);
  await pass(retryInMs);
  const second = await welcomed();
  second.end(4409);
  assert.equal(states.at(-1).phase, 'stopped');
});

test('should back off further when connections fail', async () => {
  connection.connect();
  await settle();
  const delays = [];
  for (let i = 0; i < 5; i++) {
    sockets.at(-1).end(1006);
    delays.push(states.at(-1).retryInMs);
    await pass(delays.at(-1));
  }
  assert.deepEqual(delays, [100, 200, 400, 800, 1000]);
});

test('should give up on a server that does not welcome', async () => {
  connection.connect();
  await settle();
  sockets[0].onopen();
  await pass(15_000);
  assert.equal(states.at(-1).phase, 'waiting');
});

test('should not hear a socket that it has left', async () => {
  const first = await opened();
  first.end(4408);
  await pass(0);
  await welcomed();
  const before = states.length;
  first.end(4400);
  assert.equal(states.length, before);
});

test('should cut a wait short when asked to connect', async () => {
  const first = await opened();
  first.end(1006);
  connection.connect();
  await settle();
  assert.equal(sockets.length, 2);
});

test('should survive a token that cannot be had', async () => {
  tokens.onRefused();
  mock.method(tokens, 'current', async () => Promise.reject(new Error('offline')));
  connection.connect();
  await settle();
  assert.equal(states.at(-1).phase, 'waiting');
});

test('should stay away after close', async () => {
  const socket = await opened();
  connection.close();
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual(states.at(-1), { phase: 'stopped' });
  await pass(600_000);
  assert.equal(sockets.length, 1);
});
