import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { memoryStore } from '../src/index.js';
import { closeAll, newDevice, newUser, until } from './support.js';

after(closeAll);

const texts = (entries) => entries.filter(({ event }) => event.kind === 'message').map(({ event }) => event.body.text);

test('should pull exactly what was missed when a device comes back', async () => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const store = memoryStore();
  const before = newDevice(bob, 'phone', { store });
  const sender = newDevice(alice, 'phone');
  await sender.client.send({ to: bob, body: 'one' }).posted;
  await until('the first message', () => before.entries.length === 1);
  before.client.close();
  await sender.client.send({ to: bob, body: 'two' }).posted;
  await sender.client.send({ to: bob, body: 'three' }).posted;

  const back = newDevice(bob, 'phone', { store });
  await until('what was missed', () => back.entries.length === 2);
  assert.deepEqual(texts(back.entries), ['two', 'three']);
  assert.deepEqual(back.entries.map(({ position }) => position), [2, 3]);
});

test('should show history and unread on a new device, and go on behind them', async () => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const sender = newDevice(alice, 'phone');
  let last;
  for (const body of ['一', '二', '三']) {
    last = await sender.client.send({ to: bob, body }).posted;
  }
  // The list may be read before the timeline service has written it: it then names an earlier position.
  const fresh = newDevice(bob, 'new', { start: 'conversations' });
  const resets = [];
  fresh.client.on('reset', (snapshot) => resets.push(snapshot));
  await until('in step', async () => {
    await fresh.client.pull();
    return fresh.client.inStep && fresh.client.cursor.position === 3;
  });
  assert.equal(resets.length, 1);
  assert.equal(resets[0].position + fresh.entries.length, 3);
  const { messages } = await fresh.client.history(last.conversation, { atLeast: last.version });
  assert.deepEqual(messages.map(({ body }) => body.text), ['一', '二', '三']);
  const list = await until('the list', async () => {
    const { conversations } = await fresh.client.conversations();
    return conversations[0]?.lastSeq === 3 && conversations;
  });
  assert.deepEqual([list[0].conversation, list[0].unread], [last.conversation, 3]);
});

test('should move the read cursor on all devices of the user', async () => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const sender = newDevice(alice, 'phone');
  const phone = newDevice(bob, 'phone');
  const tablet = newDevice(bob, 'tablet');
  const { conversation, seq } = await sender.client.send({ to: bob, body: 'read me' }).posted;
  await until('the message', () => phone.entries.length === 1);
  await phone.client.read(conversation, seq).posted;
  await until('the cursor on the other device', () =>
    tablet.entries.some(({ event }) => event.kind === 'read' && event.seq === seq),
  );
  assert.equal((await phone.client.read(conversation, seq).posted).unchanged, true);
});

test('should tell its own device and key in the own entry, and to nobody else', async () => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const sender = newDevice(alice, 'phone');
  const receiver = newDevice(bob, 'phone');
  const handle = sender.client.send({ to: bob, body: 'mine' });
  await handle.posted;
  await until('both entries', () => sender.entries.length === 1 && receiver.entries.length === 1);
  assert.equal(sender.entries[0].event.clientMessageId, handle.clientMessageId);
  assert.equal(sender.entries[0].event.device, 'phone');
  assert.equal('clientMessageId' in receiver.entries[0].event, false);
  assert.equal('device' in receiver.entries[0].event, false);
});

test('should leave a device to its newer session', async () => {
  const alice = newUser('alice');
  const first = newDevice(alice, 'phone');
  await until('the first session', () => first.client.state.phase === 'open');
  const second = newDevice(alice, 'phone');
  await until('the replacement', () => first.client.state.code === 4409);
  assert.ok(first.client.state.retryInMs >= 30_000);
  await until('the second session', () => second.client.state.phase === 'open');
});
