// A browser with people of the demo logged in, each once: a one-time code works once, and a second
// log-in of the same account would end the first.
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export class People {
  static async arrive(service) {
    const place = PLACES.find((one) => existsSync(one));
    assert.ok(place, 'no browser found; install chromium (cmake/packages.txt)');
    const browser = await chromium.launch({ executablePath: place, args: ['--no-sandbox', '--disable-gpu'] });
    return new People(service, browser);
  }

  constructor(service, browser) {
    this.service = service;
    this.browser = browser;
    this.contexts = new Map();
    this.faults = []; // what no page may say
  }

  async leave() {
    await this.browser.close();
  }

  async account(role) {
    const { demo_accounts: accounts } = await this.service.get('/api/service');
    const found = accounts.find((one) => one.role === role);
    assert.ok(found, `no demo account of role ${role}`);
    return found;
  }

  /** A page of somebody who has not logged in. */
  async visitor(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', baseURL: this.service.base, acceptDownloads: true, ...options,
    });
    context.setDefaultTimeout(30_000);
    return this.watch(await context.newPage());
  }

  watch(page) {
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.stack}`));
    page.on('console', (message) => {
      // A refused request is no fault of the page; a refused script or style is.
      if (/Content Security Policy|Vue warn|Unhandled/i.test(message.text())) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /** A new page of the person with the demo account of `role`, logged in. */
  async as(role) {
    if (!this.contexts.has(role)) {
      const page = await this.visitor();
      await logIn(page, await this.account(role));
      this.contexts.set(role, page.context());
      await page.close();
    }
    return this.watch(await this.contexts.get(role).newPage());
  }

  /** The same for one account of several with a role. */
  async asLogin(login) {
    const key = `login:${login}`;
    if (!this.contexts.has(key)) {
      const { demo_accounts: accounts } = await this.service.get('/api/service');
      const account = accounts.find((one) => one.login === login);
      assert.ok(account, `no demo account ${login}`);
      const page = await this.visitor();
      await logIn(page, account);
      this.contexts.set(key, page.context());
      await page.close();
    }
    return this.watch(await this.contexts.get(key).newPage());
  }

  forget(role) {
    this.contexts.delete(role);
  }
}

export async function logIn(page, account) {
  await page.goto('/login');
  await page.click(`[data-login="${account.login}"]`);
  await page.click('#log-in');
  await page.waitForSelector('[data-test="user-menu"]');
}

/** The firm of the real round that an organisation of the demo plays: its name without the mark （演示）. */
export function firmOf(organisation) {
  return organisation.replace(/（演示）$/, '');
}

/** Goes to an address and waits until the page has its contents. */
export async function open(page, address) {
  await page.goto(address);
  await settled(page);
}

export async function settled(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]') && !document.querySelector('.skeleton'));
}

/** The table of the page, by the names of its columns. */
export async function rowsShown(page, table = '[data-test="table"]') {
  return page.$$eval(`${table} tbody tr`, (rows) =>
    rows
      .map((row) => [...row.querySelectorAll('td[data-column]')])
      .filter((cells) => cells.length)
      .map((cells) => Object.fromEntries(cells.map((cell) => [cell.dataset.column, cell.textContent.trim()]))),
  );
}

/** Every page of a list. */
export async function allRowsShown(page, address) {
  const joint = address.includes('?') ? '&' : '?';
  const rows = [];
  for (let number = 1; ; number += 1) {
    await open(page, `${address}${joint}size=30&page=${number}`);
    const more = await rowsShown(page);
    rows.push(...more);
    const total = Number(/\d+/.exec(await page.textContent('[data-test="total"]'))[0]);
    if (rows.length >= total || more.length === 0) return { rows, total };
  }
}

/** "12,345.60" → "12345.60"; the dash of an empty cell → "". */
export function plain(text) {
  return text === '—' ? '' : text.replace(/,(?=\d{3})/g, '');
}
