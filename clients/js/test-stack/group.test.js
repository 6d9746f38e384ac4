import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeAll, newDevice, newUser, until } from './support.js';

after(closeAll);

const kinds = ({ entries }) => entries.map(({ event }) => event.kind);

test('should let members come and go, each seeing its own time', async () => {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const [a, b, c] = [alice, bob, carol].map((user) => newDevice(user, 'phone'));
  const { conversation, version } = await a.client.createGroup({ title: '项目组', members: [bob] });
  assert.equal(version, 1);
  await a.client.send({ to: conversation, body: 'before carol' }).posted;
  await a.client.addMembers(conversation, [carol]);
  await a.client.send({ to: conversation, body: 'with carol' }).posted;
  await a.client.removeMember(conversation, bob);
  await a.client.send({ to: conversation, body: 'without bob' }).posted;

  await until('everything at alice', () => a.entries.length === 6);
  assert.deepEqual(kinds(a), ['members', 'message', 'members', 'message', 'members', 'message']);
  await until('everything at carol', () => c.entries.length === 4);
  assert.deepEqual(kinds(c), ['members', 'message', 'members', 'message']);
  await until('everything at bob', () => b.entries.length === 5);
  assert.deepEqual(b.entries.at(-1).event.removed, [bob]);

  const { title, members } = await a.client.conversation(conversation, { atLeast: 6 });
  assert.equal(title, '项目组');
  assert.deepEqual(members.map(({ user }) => user).sort(), [alice, carol].sort());
  await assert.rejects(b.client.send({ to: conversation, body: 'too late' }).posted, { code: 'not_member' });
});

test('should hide a group from strangers', async () => {
  const [alice, mallory] = ['alice', 'mallory'].map(newUser);
  const { conversation } = await newDevice(alice, 'phone').client.createGroup({ title: 'secret', members: [] });
  const stranger = newDevice(mallory, 'phone').client;
  await assert.rejects(stranger.send({ to: conversation, body: 'hello?' }).posted, { code: 'not_found' });
  await assert.rejects(stranger.history(conversation), { code: 'not_found' });
  await assert.rejects(stranger.send({ to: 'g:nowhere', body: 'hello?' }).posted, { code: 'not_found' });
});
