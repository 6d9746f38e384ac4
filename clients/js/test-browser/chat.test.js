import assert from 'node:assert/strict';
import { after } from 'node:test';
import { directConversation } from '../src/index.js';
import { closeAll, newDevice, newUser, until } from '../test-stack/support.js';
import { closeBrowser, scenario } from './support.js';

after(async () => {
  closeAll();
  await closeBrowser();
});

scenario('should show each message once and in the same order on three devices', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const tablet = await windows.open(alice, { device: 'tablet-1' });
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await tablet.newChat(bob);
  await phone.newChat(alice);
  for (let i = 0; i < 8; i++) {
    await Promise.all([laptop.say(`laptop ${i}`), tablet.say(`tablet ${i}`), phone.say(`phone ${i}`)]);
  }
  const shown = await Promise.all([laptop, tablet, phone].map((chat) => chat.textsWhen(24)));
  assert.deepEqual(shown[1], shown[0]);
  assert.deepEqual(shown[2], shown[0]);
  assert.equal(new Set(shown[0]).size, 24);
  assert.deepEqual(shown[0].filter((text) => text.startsWith('phone')), Array.from({ length: 8 }, (_, i) => `phone ${i}`));
  assert.equal(await laptop.by('draft').count(), 0);
  await windows.shoot('three devices');
});

scenario('should show the way of a message to the devices it reached', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice, { device: 'laptop' });
  await windows.open(alice, { device: 'tablet' });
  await windows.open(bob, { device: 'phone' });
  await laptop.newChat(bob);
  await laptop.say('where does this go?');
  const way = laptop.by('way').first();
  await way.getByTestId('step-posted').waitFor();
  assert.match(await way.getByTestId('step-posted').textContent(), /posted as seq 1 · \d+ ms/);
  for (const device of [`${alice}/laptop`, `${alice}/tablet`, `${bob}/phone`]) {
    await way.locator(`[data-device="${device}"]`).waitFor();
  }
  await laptop.shoot('way of a message');
});

scenario('should count unread messages, and read them on all devices of the user', async (windows) => {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const conversation = directConversation(alice, bob);
  const phone = await windows.open(bob);
  const tablet = await windows.open(bob);
  const laptop = await windows.open(alice);
  await phone.newChat(carol);
  await laptop.newChat(bob);
  for (const text of ['one', 'two', 'three']) {
    await laptop.say(text);
  }
  await Promise.all([phone, tablet].map((chat) => chat.unread(conversation, 3)));
  assert.equal(await phone.by('total-unread').textContent(), '3');
  await phone.shoot('unread');
  await phone.openChat(conversation);
  await Promise.all([phone, tablet].map((chat) => chat.unread(conversation, 0)));
  const late = await windows.open(bob);
  await late.unread(conversation, 0);
});

scenario('should scroll back through the history and keep the place', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const sender = newDevice(alice, 'seeder').client;
  const handles = Array.from({ length: 130 }, (_, i) => sender.send({ to: bob, body: `line ${i + 1}` }));
  const last = await handles.at(-1).posted;
  await sender.history(last.conversation, { atLeast: last.version });

  const phone = await windows.open(bob);
  await phone.openChat(last.conversation);
  assert.deepEqual(await phone.textsWhen(50), Array.from({ length: 50 }, (_, i) => `line ${i + 81}`));
  await phone.by('log').evaluate((log) => log.scrollTo(0, 60));
  await phone.textsWhen(100);
  const place = await phone.by('log').evaluate((log) => {
    const line = [...log.querySelectorAll('.message')].find((each) => each.dataset.seq === '81');
    return line.getBoundingClientRect().top - log.getBoundingClientRect().top;
  });
  assert.ok(place > -200 && place < 300, `line 81 has moved to ${place}`);
  await phone.by('log').evaluate((log) => log.scrollTo(0, 0));
  assert.deepEqual(await phone.textsWhen(130), Array.from({ length: 130 }, (_, i) => `line ${i + 1}`));
  await phone.by('beginning').waitFor();
  await phone.shoot('beginning of the history');
});

scenario('should stay where one has scrolled to when something comes at that moment', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const sender = newDevice(alice, 'seeder').client;
  const handles = Array.from({ length: 40 }, (_, i) => sender.send({ to: bob, body: `line ${i + 1}` }));
  const last = await handles.at(-1).posted;
  const phone = await windows.open(bob);
  await phone.openChat(last.conversation);
  await phone.textsWhen(40);

  // Another language writes everything again before the browser tells of the scrolling.
  await phone.page.evaluate(() => {
    document.getElementById('log').scrollTo(0, 60);
    document.getElementById('language').click();
  });
  await phone.page.waitForFunction(() => document.documentElement.lang.startsWith('zh'));

  const top = await phone.by('log').evaluate((log) => log.scrollTop);
  assert.ok(top < 200, `the log is at ${top}`);
});

scenario('should make a group, show it to its members and let one go', async (windows) => {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.by('new-group').click();
  await laptop.by('group-title').fill('上海项目组');
  await laptop.by('group-members').fill(`${bob}，${carol}`);
  await laptop.by('dialog-go').click();
  await laptop.page.getByRole('heading', { name: '上海项目组' }).waitFor();
  await laptop.say('大家好');
  await phone.page.getByRole('button', { name: '上海项目组' }).click();
  assert.deepEqual(await phone.textsWhen(1), ['大家好']);
  await phone.say('Hello 你好');
  assert.deepEqual(await laptop.textsWhen(2), ['大家好', 'Hello 你好']);

  await laptop.by('members').click();
  await laptop.by('member').nth(2).waitFor();
  await laptop.shoot('members of a group');
  await laptop.page.locator(`[data-testid="member"][data-user="${bob}"]`).getByTestId('remove-member').click();
  await laptop.by('dialog').waitFor({ state: 'hidden' });
  await phone.by('room-subtitle').filter({ hasText: 'not_member' }).waitFor();
  await phone.say('am I still here?');
  await phone.page.locator('[data-testid="draft"][data-state="failed"]').filter({ hasText: 'not_member' }).waitFor();
  await phone.shoot('removed from a group');
});

scenario('should reply, edit, react and recall on every device', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await phone.newChat(alice);
  await laptop.say('frist');
  await phone.textsWhen(1);
  const message = (chat, seq) => chat.page.locator(`#messages [data-seq="${seq}"]`);
  await message(laptop, 1).hover();
  await message(laptop, 1).getByTestId('edit').click();
  await laptop.say('first');
  await message(phone, 1).getByText('first').waitFor();
  await message(phone, 1).hover();
  await message(phone, 1).getByTestId('react').first().click();
  await message(laptop, 1).getByTestId('reaction').waitFor();
  await message(phone, 1).hover();
  await message(phone, 1).getByTestId('reply').click();
  await phone.say('second');
  await message(laptop, 2).locator('.quote').filter({ hasText: 'first' }).waitFor();
  await laptop.shoot('reply and reaction');
  await message(laptop, 1).hover();
  await message(laptop, 1).getByTestId('recall').click();
  await message(phone, 1).getByText('recalled').waitFor();
  const late = await windows.open(bob);
  await late.openChat(directConversation(alice, bob));
  assert.deepEqual(await late.textsWhen(2), ['This message was recalled.', 'second']);
});

scenario('should show text as text, in every script and direction', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  const said = [
    '<img src=x onerror="document.title=1"><script>alert(1)</script>',
    '你好，世界 — 𠮷野家 👩‍👩‍👧‍👦',
    'مرحبا (hello) ١٢٣',
    'two\nlines',
    '\u202Eesrever\u202C',
  ];
  for (const text of said) {
    await laptop.say(text);
  }
  await phone.openChat(directConversation(alice, bob));
  assert.deepEqual(await phone.textsWhen(said.length), said);
  assert.equal(await phone.page.locator('#messages img, #messages script').count(), 0);
  const direction = await phone.page
    .locator('#messages [data-seq="3"] .text')
    .evaluate((element) => getComputedStyle(element).direction);
  assert.equal(direction, 'rtl');
  await phone.shoot('scripts');
});

scenario('should come back by itself, send what waited and pull what was missed', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  let open = true;
  let present = null;
  const before = (page) =>
    page.routeWebSocket(/\/v1\/ws$/, (socket) => {
      if (open) {
        present = socket;
        socket.connectToServer();
      } else {
        socket.close({ code: 4429, reason: 'cut by the test' });
      }
    });
  const laptop = await windows.open(alice, { before });
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await laptop.say('before');
  await laptop.textsWhen(1);
  await phone.openChat(directConversation(alice, bob));
  open = false;
  await present.close({ code: 4408, reason: 'cut by the test' });
  await laptop.page.locator('#connection[data-phase="waiting"]').waitFor();
  await laptop.say('written without a connection');
  await laptop.page.locator('[data-testid="draft"][data-state="waiting"]').waitFor();
  await phone.say('said meanwhile');
  await phone.textsWhen(2);
  await laptop.shoot('connection lost');
  open = true;
  assert.deepEqual(await laptop.textsWhen(3), ['before', 'said meanwhile', 'written without a connection']);
  assert.deepEqual(await phone.textsWhen(3), ['before', 'said meanwhile', 'written without a connection']);
  assert.equal(await laptop.by('draft').count(), 0);
});

scenario('should show everything again after a reload', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  await laptop.newChat(bob);
  await laptop.say('still here?');
  await laptop.page.locator('#messages [data-seq="1"]').waitFor();
  const device = await laptop.page.locator('.me .device').textContent();
  await laptop.page.reload();
  await laptop.connected();
  assert.equal(await laptop.page.locator('.me .device').textContent(), device);
  await laptop.openChat(directConversation(alice, bob));
  assert.deepEqual(await laptop.textsWhen(1), ['still here?']);
  const other = await windows.open(alice);
  assert.notEqual(await other.page.locator('.me .device').textContent(), device);
});

scenario('should say in words why a message was refused', async (windows) => {
  const laptop = await windows.open(newUser('alice'));
  await laptop.newChat(newUser('bob'));
  await laptop.say('字'.repeat(5000));
  const failed = laptop.page.locator('[data-testid="draft"][data-state="failed"]');
  await failed.filter({ hasText: 'This message is too long. (too_large)' }).waitFor();
  await laptop.shoot('too large');
  await failed.getByTestId('discard').click();
  await failed.waitFor({ state: 'detached' });
});

scenario('should show a second device beside the first', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  await laptop.newChat(bob);
  await laptop.say('on both');
  await laptop.by('second-device').click();
  const tablet = laptop.page.frameLocator('#beside-frame');
  await tablet.getByTestId('conversation').getByRole('button').click();
  await tablet.locator('#messages').getByText('on both').waitFor();
  await tablet.getByTestId('composer-text').fill('from the tablet');
  await tablet.getByTestId('composer-text').press('Enter');
  await laptop.textsWhen(2);
  await until('two texts', async () => (await laptop.texts())[1] === 'from the tablet');
  await laptop.shoot('second device');
});
