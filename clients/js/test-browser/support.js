import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { url } from '../test-stack/support.js';

const SHOTS = process.env.MILLRACE_SCREENSHOTS ?? fileURLToPath(new URL('../target/browser/', import.meta.url));
const LIMIT_MS = 20_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;

/** Windows of one browser; what fails leaves a picture of each. */
export function scenario(name, run) {
  test(name, { timeout: 180_000 }, async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser ??= await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: FLAGS,
      headless: true,
    });
    const context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(LIMIT_MS);
    const windows = new Windows(context);
    try {
      await run(windows);
      windows.assertQuiet();
    } catch (error) {
      await windows.shoot(`failed ${name}`);
      throw error;
    } finally {
      await context.close();
    }
  });
}

export async function closeBrowser() {
  await browser?.close();
}

class Windows {
  #context;
  #troubles = [];

  constructor(context) {
    this.#context = context;
  }

  /** A window; without a user it asks for one. */
  async blank(more = {}) {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => this.#troubles.push(error.stack));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) {
        this.#troubles.push(message.text());
      }
    });
    await more.before?.(page);
    await page.goto(`${url}/?${new URLSearchParams(more.address ?? {})}${more.hash ?? ''}`);
    return new ChatPage(page);
  }

  /** A connected window of that user; two of one user are two devices. */
  async open(user, { device, before } = {}) {
    const chat = await this.blank({ before, address: { user, ...(device ? { device } : {}) } });
    await chat.connected();
    return chat;
  }

  assertQuiet() {
    if (this.#troubles.length > 0) {
      throw new Error(`the page complained: ${this.#troubles.join('\n')}`);
    }
  }

  async shoot(name) {
    for (const [index, page] of this.#context.pages().entries()) {
      await page.screenshot({ path: `${SHOTS}/${fileName(`${name} ${index + 1}`)}` });
    }
  }
}

/** What a person does with one window, by what a person sees. */
class ChatPage {
  constructor(page) {
    this.page = page;
  }

  by(testId) {
    return this.page.getByTestId(testId);
  }

  async connected() {
    await this.page.locator('#connection[data-phase="open"]').waitFor();
    return this;
  }

  async newChat(user) {
    await this.by('new-chat').click();
    await this.by('chat-user').fill(user);
    await this.by('dialog-go').click();
    await this.by('composer-text').waitFor();
  }

  row(conversation) {
    return this.page.locator(`[data-testid="conversation"][data-conversation="${conversation}"]`);
  }

  async openChat(conversation) {
    await this.row(conversation).getByRole('button').click();
    await this.by('composer-text').waitFor();
  }

  async say(text) {
    await this.by('composer-text').fill(text);
    await this.by('composer-text').press('Enter');
  }

  /** Texts of the timeline, in the order in which they are shown. */
  texts() {
    return this.by('messages').getByTestId('text').allTextContents();
  }

  /** The texts, once there are that many. */
  async textsWhen(count) {
    await this.page.waitForFunction(
      (wanted) => document.querySelectorAll('#messages [data-testid="message"]').length >= wanted,
      count,
      { timeout: 30_000 },
    );
    return this.texts();
  }

  async unread(conversation, count) {
    await this.page
      .locator(`[data-conversation="${conversation}"][data-unread="${count}"]`)
      .waitFor({ state: 'attached' });
  }

  async shoot(name) {
    await this.page.screenshot({ path: `${SHOTS}/${fileName(name)}` });
  }
}

function fileName(name) {
  return `${name.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}.png`;
}
