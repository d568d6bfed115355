import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, settled } from '../people.mjs';

const CHINESE = /[\u4e00-\u9fff]/;

export function checks(world) {
  test('the switch changes page, service texts, title and lang, and is kept', async () => {
    const page = await world.people.as('distributor');
    await open(page, '/rounds');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.match(await page.textContent('h1'), /采购轮次/);
    await page.click('[data-test="language"]');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    await settled(page);
    await page.waitForFunction(() => [...document.querySelectorAll('th')].every((one) => !/[\u4e00-\u9fff]/.test(one.textContent)));
    assert.equal(await page.textContent('h1'), 'Rounds');
    assert.match(await page.title(), /^Rounds/);
    assert.doesNotMatch(await page.textContent('nav.menu'), CHINESE);
    await page.reload();
    await settled(page);
    assert.equal(await page.textContent('h1'), 'Rounds');
    const session = await page.evaluate(async () => (await fetch('/api/session')).json());
    assert.equal(session.language, 'en');
    await open(page, '/rounds/GY-YD2019-2/lots/none-such');
    assert.doesNotMatch(await page.textContent('[data-test="problem"]'), CHINESE);
    await page.click('[data-test="language"]');
    await page.waitForFunction(() => document.documentElement.lang === 'zh-CN');
    await page.close();
  });

  test('a visitor can switch on the log-in page', async () => {
    const page = await world.people.visitor();
    await page.goto('/login');
    await page.click('[data-test="language"]');
    await page.waitForFunction(() => document.querySelector('#log-in')?.textContent.includes('Log in'));
    await page.fill('#login', 'nobody');
    await page.fill('#password', 'Wrong-pass-1');
    await page.click('#log-in');
    assert.doesNotMatch(await page.textContent('[data-test="problem"]'), CHINESE);
    await page.context().close();
  });
}
