import assert from 'node:assert/strict';
import { after } from 'node:test';
import { directConversation } from '../src/index.js';
import { closeAll, newUser } from '../test-stack/support.js';
import { closeBrowser, scenario } from './support.js';

after(async () => {
  closeAll();
  await closeBrowser();
});

async function choose(chat, item) {
  await chat.by('room-menu').locator('summary').click();
  await chat.by(`menu-${item}`).click();
}

/** As a date field takes it, in the local time of the page. */
function localTime(ms) {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

async function makeGroup(chat, title, members) {
  await chat.by('new-group').click();
  await chat.by('group-title').fill(title);
  await chat.by('group-members').fill(members.join(' '));
  await chat.by('dialog-go').click();
  await chat.by('composer-text').waitFor();
}

scenario('should send later, show what waits on both devices, and take it back', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob);
  await laptop.newChat(bob);
  await laptop.say('now');
  const tablet = await windows.open(alice, { device: 'tablet' });
  await tablet.openChat(directConversation(alice, bob));
  await phone.openChat(directConversation(alice, bob));

  await laptop.by('times-toggle').click();
  await laptop.by('send-at').fill(localTime(Date.now() + 3_600_000));
  await laptop.say('in an hour');
  await tablet.by('waiting').getByText('in an hour').waitFor();
  await laptop.by('waiting').getByText('in an hour').waitFor();
  await laptop.shoot('waiting');
  await tablet.by('unschedule').click();
  await laptop.by('waiting').waitFor({ state: 'detached' });

  await laptop.by('times-toggle').click();
  await laptop.by('send-at').fill(localTime(Date.now() + 4_000));
  await laptop.say('in a moment');
  await laptop.by('waiting').getByText('in a moment').waitFor();
  assert.deepEqual(await phone.texts(), ['now']);
  assert.deepEqual(await phone.textsWhen(2), ['now', 'in a moment']);
  assert.deepEqual(await tablet.textsWhen(2), ['now', 'in a moment']);
  await laptop.by('waiting').waitFor({ state: 'detached' });
});

scenario('should let messages disappear at their time', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const phone = await windows.open(bob, { before: (page) => page.clock.install() });
  await laptop.newChat(bob);
  await laptop.by('times-toggle').click();
  await laptop.by('lasts').selectOption('1');
  await laptop.say('for a minute');
  await phone.openChat(directConversation(alice, bob));
  assert.deepEqual(await phone.textsWhen(1), ['for a minute']);
  await phone.by('ends').waitFor();
  await phone.page.clock.fastForward(61_000);
  await phone.by('text').getByText('This message has disappeared.').waitFor();
  assert.equal(await phone.row(directConversation(alice, bob)).getByText('for a minute').count(), 0);
});

scenario('should join by a link, read the announcement, be mentioned, and find everybody muted', async (windows) => {
  const [olga, sam] = ['olga', 'sam'].map(newUser);
  const laptop = await windows.open(olga);
  await makeGroup(laptop, 'Trip', []);
  await choose(laptop, 'groupSettings');
  await laptop.by('set-announcement').fill('Bring boots');
  await laptop.by('dialog-go').click();
  await laptop.by('announcement').getByText('Bring boots').waitFor();
  await choose(laptop, 'groupSettings');
  await laptop.by('make-link').click();
  await laptop.by('link-made').getByText('#join=').waitFor();
  const link = await laptop.by('link-made').textContent();
  await laptop.shoot('group settings');
  await laptop.page.keyboard.press('Escape');

  const phone = await windows.blank({ address: { user: sam }, hash: new URL(link).hash });
  await phone.by('dialog-go').click();
  await phone.by('announcement').getByText('Bring boots').waitFor();
  await phone.newChat(newUser('nobody'));

  await laptop.by('composer-text').pressSequentially('Welcome @sa');
  await laptop.by('name').getByText(sam).waitFor();
  await laptop.page.keyboard.press('Enter');
  await laptop.page.keyboard.press('Enter');
  await phone.by('mention').waitFor();
  await phone.shoot('mentioned');
  const group = new URL(link).hash.slice('#join='.length).split(',')[0];
  await phone.openChat(group);
  assert.match((await phone.textsWhen(1)).at(-1), new RegExp(`Welcome @${sam}`));

  await choose(laptop, 'groupSettings');
  await laptop.by('mute-all').click();
  await laptop.by('dialog').waitFor({ state: 'hidden' });
  await phone.say('may I?');
  await phone.by('draft').getByRole('alert').getByText('(muted)').waitFor();
});

scenario('should show who is there, keep contacts on all devices, and hide who is invisible', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  const tablet = await windows.open(alice, { device: 'tablet' });
  await laptop.newChat(bob);
  await laptop.say('are you there?');
  const phone = await windows.open(bob);
  await laptop.by('room-presence').waitFor();
  await laptop.by('room-subtitle').getByText('online').waitFor();

  await choose(laptop, 'addContact');
  await choose(laptop, 'rename');
  await laptop.by('alias').fill('Bobby');
  await laptop.by('dialog-go').click();
  await laptop.by('room-title').getByText('Bobby').waitFor();
  await tablet.row(directConversation(alice, bob)).getByText('Bobby').waitFor();
  await tablet.by('new-chat').click();
  await tablet.by('contact').getByText('Bobby').waitFor();
  await tablet.shoot('contacts');
  await tablet.by('contact').click();
  await tablet.by('room-title').getByText('Bobby').waitFor();
  await laptop.shoot('presence');

  await phone.by('invisible').click();
  await phone.page.locator('#invisible[aria-pressed="true"]').waitFor();
  await laptop.by('room-presence').waitFor({ state: 'hidden' });
  await laptop.by('room-subtitle').getByText('offline').waitFor();
});
