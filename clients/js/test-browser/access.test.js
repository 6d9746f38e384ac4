import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { directConversation } from '../src/index.js';
import { newUser } from '../test-stack/support.js';
import { closeBrowser, scenario } from './support.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

after(closeBrowser);

scenario('should be used with the keyboard alone', async (windows) => {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(newUser);
  const { page, ...chat } = await windows.blank();
  await page.keyboard.type(alice);
  await page.keyboard.press('Enter');
  await page.locator('#connection[data-phase="open"]').waitFor();
  for (const other of [bob, carol]) {
    await tabTo(page, 'new-chat');
    await page.keyboard.press('Enter');
    await page.keyboard.type(other);
    await page.keyboard.press('Enter');
    await page.locator('#composer-text:focus').waitFor();
    await page.keyboard.type(`hello ${other}`);
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await page.locator('#messages .message').getByText(`hello ${other}`).waitFor();
    assert.equal(await page.locator('#messages .text').last().textContent(), `hello ${other}\nsecond line`);
  }
  // To the list, one down, open.
  await page.keyboard.press('Escape');
  await page.locator('.row:focus').waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: bob }).waitFor();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByRole('heading', { name: carol }).waitFor();
  // To the last message and its first tool.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByTestId('reaction').waitFor();
  assert.ok(chat);
});

scenario('should not send while an input method is composing', async (windows) => {
  const [alice, bob] = ['alice', 'bob'].map(newUser);
  const laptop = await windows.open(alice);
  await laptop.newChat(bob);
  const field = laptop.by('composer-text');
  await field.focus();
  const devtools = await laptop.page.context().newCDPSession(laptop.page);
  await devtools.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  // While composing, the Enter that picks a candidate comes with isComposing, in some browsers as key code 229 only.
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  assert.equal(await field.inputValue(), 'nihao');
  await devtools.send('Input.insertText', { text: '你好' });
  assert.equal(await field.inputValue(), '你好');
  await field.press('Enter');
  assert.deepEqual(await laptop.textsWhen(1), ['你好']);
});

scenario('should speak Chinese when asked, and keep to it', async (windows) => {
  const laptop = await windows.open(newUser('alice'));
  await laptop.by('language').click();
  await laptop.page.getByRole('heading', { name: '会话' }).waitFor();
  assert.equal(await laptop.page.locator('html').getAttribute('lang'), 'zh-CN');
  await laptop.by('connection').getByText('已连接').waitFor();
  await laptop.page.reload();
  await laptop.page.getByRole('heading', { name: '会话' }).waitFor();
  await laptop.shoot('chinese');
});

for (const colours of ['light', 'dark']) {
  scenario(`should meet WCAG AA as far as axe can tell, ${colours}`, async (windows) => {
    const [alice, bob] = ['alice', 'bob'].map(newUser);
    const signIn = await windows.blank();
    await signIn.page.emulateMedia({ colorScheme: colours });
    assert.deepEqual(await violations(signIn.page), []);
    const phone = await windows.open(bob);
    const laptop = await windows.open(alice);
    await laptop.page.emulateMedia({ colorScheme: colours });
    await laptop.newChat(bob);
    await laptop.say('hello');
    await phone.openChat(directConversation(alice, bob));
    await phone.say('hello yourself');
    await laptop.textsWhen(2);
    await laptop.say('字'.repeat(5000));
    await laptop.page.locator('[data-testid="draft"][data-state="failed"]').waitFor();
    await laptop.by('strip-toggle').click();
    assert.deepEqual(await violations(laptop.page), []);
    await laptop.by('new-group').click();
    assert.deepEqual(await violations(laptop.page), []);
    await laptop.shoot(`axe ${colours}`);
  });
}

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }),
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Presses Tab until the element with that test id has the focus. */
async function tabTo(page, testId) {
  for (let presses = 0; presses < 40; presses++) {
    if ((await page.evaluate(() => document.activeElement?.dataset.testid)) === testId) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`no Tab leads to ${testId}`);
}
