import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chosenSeed, seeded } from '../test/random.js';
import { LossyNetwork } from './lossy.js';
import { replicaOf, replicaOfHistory } from './replica.js';
import { closeAll, newDevice, newUser, until } from './support.js';

const EACH = 40;

after(closeAll);

test('should bring all devices to the same state over a network that loses, doubles, reorders and cuts', async (t) => {
  const seed = chosenSeed();
  t.diagnostic(`seed ${seed} (MILLRACE_SEED=${seed} repeats it)`);
  const random = seeded(seed);
  const network = new LossyNetwork(random);
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const devices = [
    [alice, 'phone'],
    [alice, 'tablet'],
    [bob, 'phone'],
    [bob, 'desk'],
    [carol, 'phone'],
  ].map(([user, device]) => newDevice(user, device, { WebSocket: network.WebSocket }));
  const { conversation: group } = await devices[0].client.createGroup({ title: 'Storm', members: [bob, carol] });

  const handles = [];
  for (let round = 0; round < EACH; round++) {
    for (const { user, client } of devices) {
      const to = random() < 0.6 ? group : user === alice ? bob : alice;
      handles.push({ user, handle: client.send({ to, body: `${user} ${client.device} ${round}` }) });
    }
    await change(random, devices, handles);
    if (random() < 0.25) {
      network.cut();
    }
    await until('room in the outboxes', () => handles.filter(({ handle }) => !['posted', 'failed'].includes(handle.state)).length < 60);
  }
  network.heal();
  const sent = await Promise.all(handles.map(({ handle }) => decided(handle)));
  t.diagnostic(JSON.stringify(network.counts));

  await allHave(sent, devices, group);
  await allInStep(devices);
  for (const user of [alice, bob, carol]) {
    const [first, ...others] = devices.filter((each) => each.user === user);
    const replica = replicaOf(first.entries);
    others.forEach((other) => assert.deepEqual(replicaOf(other.entries), replica, `devices of ${user}, seed ${seed}`));
    for (const [conversation, messages] of Object.entries(replica)) {
      assert.deepEqual(messages.map(({ seq }) => seq), messages.map((_, i) => i + 1), `${conversation} of ${user}`);
      assert.deepEqual(await wholeHistory(first.client, conversation), messages, `${conversation} as the server has it`);
    }
  }
  const messages = sent.filter(({ seq }) => seq !== undefined);
  assert.equal(new Set(messages.map(({ conversation, seq }) => `${conversation} ${seq}`)).size, messages.length);
  assert.equal(messages.length, EACH * devices.length);
});

/** A change may come after the recall of its message, which makes it invalid; a send is posted. */
async function decided({ command, posted }) {
  try {
    return await posted;
  } catch (error) {
    if (command.type !== 'send' && error.code === 'invalid') {
      return {};
    }
    throw error;
  }
}

/** Edits, recalls or reacts to something that is posted. */
async function change(random, devices, handles) {
  const posted = handles.filter(({ handle }) => handle.state === 'posted' && handle.command.type === 'send');
  if (posted.length === 0 || random() < 0.3) {
    return;
  }
  const { user, handle } = posted[Math.floor(random() * posted.length)];
  const { conversation, seq } = await handle.posted;
  const { client } = devices.find((each) => each.user === user);
  const dice = random();
  const changing =
    dice < 0.4
      ? client.edit(conversation, seq, `edited ${handle.clientMessageId} ${dice}`)
      : dice < 0.5
        ? client.recall(conversation, seq)
        : client.react(conversation, seq, '👍', dice < 0.8 ? 'add' : 'remove');
  handles.push({ user, handle: changing });
}

/** Posted is decided, not yet delivered: a device can be in step before the last events are in its timeline. */
async function allHave(sent, devices, group) {
  const versions = new Map();
  for (const { conversation, version } of sent.filter((each) => each.version !== undefined)) {
    versions.set(conversation, Math.max(version, versions.get(conversation) ?? 0));
  }
  for (const [conversation, version] of versions) {
    for (const { user, client, entries } of devices) {
      if (conversation === group || conversation.split(':').includes(user)) {
        await until(`version ${version} of ${conversation} at ${user} ${client.device}`, async () => {
          await client.pull();
          return entries.some((entry) => entry.conversation === conversation && entry.version >= version);
        });
      }
    }
  }
}

async function allInStep(devices) {
  for (const { user, client } of devices) {
    const twins = devices.filter((each) => each.user === user);
    await until(`${user} ${client.device} in step`, async () => {
      await client.pull();
      return client.inStep && twins.every((twin) => twin.client.cursor.position === client.cursor.position);
    });
  }
}

async function wholeHistory(client, conversation) {
  const whole = [];
  for (let more = true; more; ) {
    const page = await client.history(conversation, { before: whole[0]?.seq, limit: 50 });
    whole.unshift(...page.messages);
    more = page.more;
  }
  return replicaOfHistory(whole);
}
