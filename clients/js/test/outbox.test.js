import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { sendCommand } from '../src/command.js';
import { Outbox } from '../src/outbox.js';
import { memoryStore } from '../src/store.js';

const WELCOME = { user: 'alice', limits: { sendsPerSecond: 50 } };
let keys;
let sent;
let store;
let timeline;
let pullToHead;
let now;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  keys = 0;
  sent = [];
  store = memoryStore();
  timeline = { mark: () => ({ epoch: 'e1', position: 5 }), coversSince: () => true };
  pullToHead = async () => {};
  now = 0;
});

function newOutbox() {
  return new Outbox({
    store,
    newKey: () => `k-${++keys}`,
    timeline,
    pullToHead: () => pullToHead(),
    answerTimeout: 10_000,
    now: () => now,
  });
}

const hi = (text = 'hi') => sendCommand({ to: 'bob', body: text });
const write = (frame) => sent.push(frame);
const pass = (ms) => {
  now += ms;
  mock.timers.tick(ms);
};
const posted = (frame, more = {}) => ({
  type: 'posted',
  ref: frame.ref,
  clientMessageId: frame.clientMessageId,
  conversation: 'd:alice:bob',
  seq: 1,
  version: 1,
  at: 1,
  ...more,
});

test('should make and store the key at the first transmission', () => {
  const outbox = newOutbox();
  const handle = outbox.add(hi());
  assert.equal(handle.clientMessageId, null);
  assert.equal(store.load().commands[0].key, null);
  outbox.onSession(WELCOME, (frame) => {
    assert.equal(store.load().commands[0].key, frame.clientMessageId);
    write(frame);
  });
  assert.equal(sent.length, 1);
  assert.equal(handle.clientMessageId, 'k-1');
});

test('should go through accepted to posted and forget the command', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  const seen = [];
  ['accepted', 'posted'].forEach((event) => handle.on(event, () => seen.push(event)));
  outbox.onAccepted({ ref: sent[0].ref, clientMessageId: 'k-1' });
  outbox.onPosted(posted(sent[0], { seq: 12 }));
  assert.deepEqual(seen, ['accepted', 'posted']);
  assert.equal((await handle.posted).seq, 12);
  assert.deepEqual(store.load().commands, []);
});

test('should send everything undecided again on the next session, with the same keys and in order', () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  ['one', 'two', 'three'].forEach((text) => outbox.add(hi(text)));
  outbox.onAccepted({ ref: sent[0].ref });
  outbox.onPosted(posted(sent[1]));
  outbox.onSessionEnd();
  sent = [];
  outbox.onSession(WELCOME, write);
  assert.deepEqual(sent.map(({ body, clientMessageId }) => [body.text, clientMessageId]), [
    ['one', 'k-1'],
    ['three', 'k-3'],
  ]);
});

test('should go on with the stored commands in the next life', () => {
  const first = newOutbox();
  first.onSession(WELCOME, write);
  first.add(hi('old'));
  const second = newOutbox();
  sent = [];
  second.add(hi('new'));
  second.onSession(WELCOME, write);
  assert.deepEqual(sent.map(({ clientMessageId, body }) => [clientMessageId, body.text]), [['k-1', 'old'], ['k-2', 'new']]);
});

test('should take the own entry for posted, in its own conversation only', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  const event = { kind: 'message', seq: 3, messageId: 'm', clientMessageId: 'k-1' };
  outbox.onEntry({ conversation: 'd:alice:carol', version: 1, at: 1, event });
  assert.equal(handle.state, 'sent');
  outbox.onEntry({ conversation: 'd:alice:bob', version: 4, at: 1, event });
  assert.equal((await handle.posted).seq, 3);
  outbox.onPosted(posted(sent[0]));
  assert.equal(outbox.pending.length, 0);
});

test('should reject with the code of the server', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  outbox.onRejected({ ref: sent[0].ref, code: 'not_member', message: 'left' });
  await assert.rejects(handle.posted, { code: 'not_member' });
  assert.deepEqual(store.load().commands, []);
});

test('should wait as long as the server asks and send again with the same key', () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  assert.ok(outbox.onError({ ref: sent[0].ref, code: 'rate_limited', retryAfterMs: 900 }));
  assert.equal(handle.state, 'waiting');
  pass(899);
  assert.equal(sent.length, 1);
  pass(1);
  assert.deepEqual(sent.map(({ clientMessageId }) => clientMessageId), ['k-1', 'k-1']);
  assert.notEqual(sent[0].ref, sent[1].ref);
});

test('should fail what the server will never take', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  outbox.onError({ ref: sent[0].ref, code: 'too_large', message: 'too large' });
  await assert.rejects(handle.posted, { code: 'too_large' });
});

test('should tell an error of something else apart', () => {
  assert.equal(newOutbox().onError({ code: 'bad_frame' }), false);
});

test('should send again on the same session when no answer comes', () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  outbox.add(hi());
  pass(5000);
  assert.equal(sent.length, 1);
  pass(5000);
  assert.deepEqual(sent.map(({ clientMessageId }) => clientMessageId), ['k-1', 'k-1']);
});

test('should keep within the rate of the session', () => {
  const outbox = newOutbox();
  outbox.onSession({ user: 'alice', limits: { sendsPerSecond: 10 } }, write);
  for (let i = 0; i < 25; i++) {
    outbox.add(hi(String(i)));
  }
  assert.equal(sent.length, 10);
  pass(100);
  assert.equal(sent.length, 11);
  for (let i = 0; i < 30; i++) {
    pass(100);
  }
  assert.deepEqual(sent.map(({ body }) => body.text), Array.from({ length: 25 }, (_, i) => String(i)));
});

test('should look for the own entry before a key that is too old is replaced', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  outbox.onRejected({ ref: sent[0].ref, code: 'too_old' });
  await new Promise(setImmediate);
  assert.deepEqual(sent.map(({ clientMessageId }) => clientMessageId), ['k-1', 'k-2']);
  outbox.onPosted(posted(sent[1]));
  assert.equal(handle.state, 'posted');
});

test('should not send again what the timeline shows as posted', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  pullToHead = async () => {
    outbox.onEntry({ conversation: 'd:alice:bob', version: 2, at: 1, event: { kind: 'message', seq: 2, clientMessageId: 'k-1' } });
  };
  outbox.onRejected({ ref: sent[0].ref, code: 'too_old' });
  await new Promise(setImmediate);
  assert.equal(sent.length, 1);
  assert.equal((await handle.posted).seq, 2);
});

test('should ask the caller when the timeline cannot tell', async () => {
  timeline.coversSince = () => false;
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  outbox.onRejected({ ref: sent[0].ref, code: 'too_old' });
  await assert.rejects(handle.posted, { code: 'too_old' });
  assert.equal(sent.length, 1);
});

test('should keep undecided commands when closed', async () => {
  const outbox = newOutbox();
  outbox.onSession(WELCOME, write);
  const handle = outbox.add(hi());
  outbox.close();
  await assert.rejects(handle.posted, { code: 'closed' });
  assert.equal(store.load().commands.length, 1);
});

test('should not send a frame for which the server would end the session', async () => {
  const outbox = newOutbox();
  outbox.onSession({ user: 'alice', limits: { sendsPerSecond: 50, maxFrameBytes: 200 } }, write);
  const large = outbox.add(hi('字'.repeat(60)));
  outbox.add(hi('small'));
  await assert.rejects(large.posted, { code: 'too_large' });
  assert.deepEqual(sent.map(({ body }) => body.text), ['small']);
});

test('should take a scheduled entry for the decision of a message that waits', async () => {
  const outbox = newOutbox();
  const handle = outbox.add(sendCommand({ to: 'bob', body: 'later', sendAt: 99, expiresAt: 100 }));
  outbox.onSession(WELCOME, write);
  assert.equal(sent[0].sendAt, 99);
  assert.equal(sent[0].expiresAt, 100);
  outbox.onEntry({
    conversation: 'd:alice:bob',
    version: 7,
    at: 1,
    event: { kind: 'scheduled', clientMessageId: sent[0].clientMessageId, sendAt: 99 },
  });
  const decision = await handle.posted;
  assert.equal(decision.scheduled, true);
  assert.equal(decision.version, 7);
  assert.equal(decision.seq, undefined);
});
