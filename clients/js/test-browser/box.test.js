import assert from 'node:assert/strict';
import { after } from 'node:test';
import { directConversation } from '../src/index.js';
import { closeAll, newUser } from '../test-stack/support.js';
import { closeBrowser, scenario } from './support.js';

after(async () => {
  closeAll();
  await closeBrowser();
});

/** Chooses from the menu of the open conversation. */
async function choose(chat, item) {
  await chat.by('room-menu').locator('summary').click();
  await chat.by(`menu-${item}`).click();
}

async function total(chat, count) {
  const badge = chat.by('total-unread');
  await (count === 0 ? badge.waitFor({ state: 'hidden' }) : badge.getByText(String(count), { exact: true }).waitFor());
}

scenario('should keep unread, settings and deletions the same on two devices', async (windows) => {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const conversation = directConversation(alice, bob);
  const laptop = await windows.open(alice);
  const tablet = await windows.open(alice, { device: 'tablet' });
  const phone = await windows.open(bob);
  await laptop.newChat(carol);
  await tablet.newChat(carol);
  await phone.newChat(alice);
  for (const text of ['one', 'two', 'three']) {
    await phone.say(text);
  }
  await Promise.all([laptop, tablet].map((chat) => chat.unread(conversation, 3)));
  await laptop.row(conversation).getByText('request').waitFor();
  const last = phone.by('message').last();
  await last.hover();
  await last.getByTestId('recall').click();
  await Promise.all([laptop, tablet].map((chat) => chat.unread(conversation, 2)));
  await Promise.all([laptop, tablet].map((chat) => total(chat, 2)));

  await laptop.openChat(conversation);
  await Promise.all([laptop, tablet].map((chat) => chat.unread(conversation, 0)));
  await choose(laptop, 'mute');
  await choose(laptop, 'pin');
  await tablet.row(conversation).getByRole('img', { name: 'muted' }).waitFor();
  await tablet.row(conversation).getByRole('img', { name: 'pinned' }).waitFor();
  await laptop.newChat(carol);
  await phone.say('four');
  await tablet.unread(conversation, 1);
  await total(tablet, 0);
  await tablet.shoot('muted and pinned');

  await tablet.openChat(conversation);
  await tablet.textsWhen(4);
  const one = tablet.by('message').first();
  await one.hover();
  await one.getByTestId('delete').click();
  await tablet.page.waitForFunction(() => document.querySelectorAll('#messages [data-testid="message"]').length === 3);
  await laptop.openChat(conversation);
  assert.deepEqual((await laptop.textsWhen(3)).at(-1), 'four');
  assert.equal((await phone.textsWhen(4)).at(0), 'one');

  await choose(tablet, 'clear');
  await laptop.page.waitForFunction(() => document.querySelectorAll('#messages [data-testid="message"]').length === 0);
  const late = await windows.open(alice, { device: 'late' });
  await late.openChat(conversation);
  await late.page.locator('#beginning').waitFor();
  assert.deepEqual(await late.texts(), []);
});

scenario('should show who writes, what is delivered and read, and take no messages of the blocked', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await laptop.say('hello');
  await laptop.page.locator('.tick[data-reached="delivered"]').waitFor();
  await phone.openChat(directConversation(alice, bob));
  await laptop.page.locator('.tick[data-reached="read"]').waitFor();
  await phone.by('composer-text').pressSequentially('I am');
  await laptop.by('room-subtitle').getByText(`${bob} is writing`).waitFor();
  await laptop.shoot('somebody is writing');

  await choose(laptop, 'block');
  await phone.say('are you there?');
  await phone.by('draft').getByRole('alert').waitFor();
  await phone.shoot('blocked');
  await choose(laptop, 'unblock');
  await phone.by('retry').click();
  assert.deepEqual(await laptop.textsWhen(2), ['hello', 'are you there?']);
});

scenario('should let owner and admins rule a group', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const owner = await windows.open(alice);
  const member = await windows.open(bob);
  await owner.by('new-group').click();
  await owner.by('group-title').fill('Trip');
  await owner.by('group-members').fill(bob);
  await owner.by('dialog-go').click();
  await owner.by('composer-text').waitFor();
  await owner.by('members').click();
  await owner.page.locator(`[data-testid="member"][data-user="${bob}"]`).getByTestId('mute-member').click();
  await owner.by('dialog').waitFor({ state: 'hidden' });
  await member.page.getByTestId('conversation').getByRole('button').click();
  await member.by('composer-text').waitFor();
  await member.say('may I?');
  await member.by('draft').getByText('You are muted here for now.').waitFor();
  await owner.by('members').click();
  await owner.page.locator(`[data-testid="member"][data-user="${bob}"]`).getByTestId('unmute-member').click();
  await owner.by('dialog').waitFor({ state: 'hidden' });
  await member.by('retry').click();
  assert.deepEqual(await owner.textsWhen(1), ['may I?']);
  await owner.by('members').click();
  await owner.by('admin-member').click();
  await owner.by('dialog').waitFor({ state: 'hidden' });
  await owner.by('members').click();
  await owner.by('dissolve-member').click();
  await member.by('room-subtitle').getByText('no longer a member').waitFor();
});

scenario('should agree after one device was away through all of it, on a phone and in the dark', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const conversation = directConversation(alice, bob);
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
  const tablet = await windows.open(alice, { device: 'tablet', before });
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await phone.newChat(alice);
  await laptop.say('before');
  await tablet.unread(conversation, 0);
  open = false;
  await present.close({ code: 4408, reason: 'cut by the test' });
  await tablet.page.locator('#connection[data-phase="waiting"]').waitFor();
  for (const text of ['one', 'two', 'three', 'four']) {
    await phone.say(text);
  }
  await phone.textsWhen(5);
  await tool(phone, 'three', 'recall');
  await tool(phone, 'two', 'edit');
  await phone.say('two, edited');
  await tool(laptop, 'four', 'react');
  await tool(laptop, 'one', 'delete');
  await laptop.by('messages').getByText('two, edited').waitFor();
  await laptop.page.waitForFunction(() => document.querySelectorAll('#messages [data-testid="message"]').length === 4);
  open = true;
  await tablet.connected();
  await tablet.openChat(conversation);
  const shown = await tablet.textsWhen(4);
  assert.deepEqual(shown, await laptop.texts());
  assert.equal(shown.length, 4);
  await tablet.by('messages').getByTestId('reaction').waitFor();
  await Promise.all([tablet, laptop].map((chat) => chat.unread(conversation, 0)));
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1280, 800], [390, 800]]) {
      await tablet.page.emulateMedia({ colorScheme });
      await tablet.page.setViewportSize({ width, height });
      await tablet.shoot(`message box ${colorScheme} ${width}`);
    }
  }
});

scenario('should keep a draft for the other devices', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const conversation = directConversation(alice, bob);
  const laptop = await windows.open(alice);
  const tablet = await windows.open(alice, { device: 'tablet' });
  await laptop.newChat(bob);
  await laptop.say('hello');
  await tablet.openChat(conversation);
  await tablet.textsWhen(1);
  await laptop.by('composer-text').pressSequentially('half a sentence');
  await tablet.page.waitForFunction(() => document.getElementById('composer-text').value === 'half a sentence');
  const late = await windows.open(alice, { device: 'late' });
  await late.openChat(conversation);
  assert.equal(await late.by('composer-text').inputValue(), 'half a sentence');
  await tablet.by('composer-text').press('Enter');
  await laptop.page.waitForFunction(() => document.getElementById('composer-text').value === '');
  assert.deepEqual(await laptop.textsWhen(2), ['hello', 'half a sentence']);
});

/** Uses a tool of the message with that text. */
async function tool(chat, text, name) {
  const message = chat.by('message').filter({ hasText: text }).first();
  await message.hover();
  await message.getByTestId(name).first().click();
}
