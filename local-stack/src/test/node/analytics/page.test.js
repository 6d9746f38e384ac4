import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const url = process.env.ANALYTICS;
const SHOTS = process.env.MILLRACE_SCREENSHOTS;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

let browser;

before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS, headless: true });
});

after(() => browser?.close());

function sum(minutes, ...names) {
  return minutes.reduce((all, minute) => names.reduce((some, name) => some + minute[name], all), 0);
}

for (const colorScheme of ['light', 'dark']) {
  test(`should plot what the numbers say, ${colorScheme}`, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1080, height: 1150 }, colorScheme });
    const page = await context.newPage();
    const troubles = [];
    page.on('pageerror', (error) => troubles.push(error.stack));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await page.goto(`${url}?last=60`);
    await page.locator('#state').getByText('as of').waitFor();
    await page.screenshot({ path: join(SHOTS, `analytics-${colorScheme}.png`), fullPage: true });

    const { minutes } = await (await fetch(`${url}minutes.json?last=60`)).json();
    const total = (name) => page.locator(`#totals [data-name="${name}"] dd`).textContent();
    assert.equal(await total('messages'), sum(minutes, 'direct', 'group', 'room').toLocaleString('en'));
    assert.equal(await total('deliveries'), sum(minutes, 'delivered').toLocaleString('en'));
    for (const [shade, kind] of [['a', 'direct'], ['b', 'group']]) {
      const drawn = await page
        .locator(`#messages svg rect.fill-${shade}[data-value]`)
        .evaluateAll((bars) => bars.map((bar) => Number(bar.dataset.value)));
      assert.deepEqual(drawn, minutes.map((minute) => minute[kind]).filter((value) => value > 0));
    }
    const users = await page.locator('#users svg rect[data-value]').count();
    assert.equal(users, minutes.filter((minute) => minute.activeUsers > 0).length);
    for (const shade of ['a', 'b', 'c']) {
      assert.match(await page.locator(`#latency svg path.line-${shade}`).first().getAttribute('d'), /^M\d/);
    }
    assert.ok((await page.locator('#rows tr').count()) >= 10);
    // nothing comes from elsewhere, and nothing was refused
    const hosts = await page.evaluate(() => performance.getEntriesByType('resource').map((each) => new URL(each.name).host));
    assert.ok(hosts.every((host) => host === new URL(url).host));
    assert.deepEqual(troubles, []);
    await context.close();
  });
}
