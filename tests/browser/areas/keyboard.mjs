// Log-in → round → lot → export without a mouse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled } from '../people.mjs';

const MOST_TABS = 120;

/** Presses Tab until the focus is on something that matches; everything on the way shows its focus. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    const found = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (found) return;
    await page.keyboard.press('Tab');
    const visible = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return true;
      const marks = [one, ...['.el-input__wrapper', '.el-select__wrapper'].map((name) => one.closest(name))].filter(Boolean);
      return marks.some((mark) => getComputedStyle(mark).outlineStyle !== 'none' && parseFloat(getComputedStyle(mark).outlineWidth) > 0);
    });
    assert.ok(visible, `the focus cannot be seen: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`);
  }
  assert.fail(`${selector} is not reached by ${MOST_TABS} Tabs`);
}

export function checks(world) {
  test('from log-in to an exported list of bids by keyboard only', async () => {
    const account = await world.people.account('authority_drug');
    const page = await world.people.visitor();
    await page.goto('/login');
    await page.waitForSelector('#login');
    await tabTo(page, '#login');
    await page.keyboard.type(account.login);
    await tabTo(page, '#password');
    await page.keyboard.type(account.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-test="user-menu"]');
    await settled(page);

    await page.keyboard.press('Tab'); // the skip link comes first on a page
    await tabTo(page, 'nav.menu a[href="/rounds"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/rounds$/);
    await settled(page);
    await tabTo(page, '[data-test="table"] a[href="/rounds/GY-YD2019-2"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/GY-YD2019-2$/);
    await settled(page);
    await tabTo(page, 'a[href="/rounds/GY-YD2019-2/lots"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/lots$/);
    await settled(page);
    await tabTo(page, '[data-test="table"] a[href="/rounds/GY-YD2019-2/lots/2"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/lots\/2$/);
    await settled(page);

    await page.keyboard.press(']');
    await page.waitForURL(/\/lots\/3$/);
    await settled(page);
    await page.keyboard.press('[');
    await page.waitForURL(/\/lots\/2$/);
    await settled(page);

    await tabTo(page, '[data-test="export"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-format="xlsx"]:focus');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('[data-format="csv"]:focus');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.match(download.suggestedFilename(), /\.csv$/);
    await page.waitForSelector('[data-test="export"]:focus');
    await tabTo(page, '[data-test="bids"] button[aria-expanded]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-test="bids"] .steps li');
    await page.context().close();
  });

  test('the skip link leads past the menu', async () => {
    const page = await world.people.visitor();
    await page.goto('/rounds');
    await settled(page);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    await page.context().close();
  });
}
