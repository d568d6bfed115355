// Every page in both languages, and the dialogs: no serious or critical violation, contrast included.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { PAGES } from '../pages.mjs';
import { open, settled } from '../people.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function violations(page) {
  await page.evaluate(source);
  const { violations: all, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'passes'] }));
  assert.ok(passes.some((one) => one.id === 'color-contrast'), 'contrast was looked at');
  return all
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ').slice(0, 700)}`);
}

export function checks(world) {
  const people = new Map();
  const pageOf = async (role) => {
    if (!people.has(role)) people.set(role, role ? await world.people.as(role) : await world.people.visitor());
    return people.get(role);
  };

  test('axe finds what is wrong', async () => {
    const page = await world.people.visitor();
    await page.goto('/login');
    await page.waitForSelector('#login');
    await page.evaluate(() => document.querySelector('label[for="login"]').remove());
    assert.notDeepEqual(await violations(page), []);
    await page.context().close();
  });

  for (const language of ['zh', 'en']) {
    for (const { name, address, role } of PAGES) {
      test(`${name} in ${language}`, async () => {
        const page = await pageOf(role);
        await page.goto(address);
        await page.evaluate((wanted) => localStorage.setItem('jicai.language', wanted), language);
        await open(page, address);
        assert.equal(await page.locator('[data-test="problem"]').count(), 0, await page.locator('main').first().textContent());
        assert.equal(await page.locator('h1').count(), 1);
        assert.deepEqual(await violations(page), []);
      });
    }
  }

  test('dialogs, menus and open rows', async () => {
    const users = await pageOf('system_administrator');
    await users.evaluate(() => localStorage.setItem('jicai.language', 'zh'));
    await open(users, '/users');
    await users.click('[data-test="create"]');
    await users.waitForSelector('.el-dialog:visible input[name="new-login"]');
    assert.deepEqual(await violations(users), []);
    const keys = await pageOf('security_administrator');
    await keys.evaluate(() => localStorage.setItem('jicai.language', 'zh'));
    await open(keys, '/keys');
    await keys.click('[data-test="create"]');
    await keys.waitForSelector('.el-dialog:visible input[name="key-name"]');
    assert.deepEqual(await violations(keys), []);
    const audit = await pageOf('audit_administrator');
    await audit.evaluate(() => localStorage.setItem('jicai.language', 'zh'));
    await open(audit, '/audit');
    await audit.click('[data-test="table"] button >> nth=0');
    await audit.waitForSelector('.el-dialog:visible .facts');
    assert.deepEqual(await violations(audit), []);
    const lot = await pageOf('procurement_officer');
    await lot.evaluate(() => localStorage.setItem('jicai.language', 'zh'));
    await open(lot, '/rounds/GY-YD2019-2/lots/2');
    await lot.click('[data-test="bids"] button[aria-expanded="false"]');
    await lot.click('[data-test="export"]');
    await lot.waitForSelector('[data-format="xlsx"]:visible');
    assert.deepEqual(await violations(lot), []);
    await lot.keyboard.press('Escape');
    await settled(lot);
  });

  test('at twice the size nothing is cut off', async () => {
    const page = await world.people.as('procurement_officer');
    await page.setViewportSize({ width: 720, height: 450 }); // 1440 × 900 at 200 %
    for (const address of ['/rounds', '/rounds/GY-YD2019-2/lots/2', '/rulebooks/gy-yd2019-2']) {
      await open(page, address);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wider <= 0, `${address} is ${wider} px too wide`);
    }
    await page.close();
  });

  test('no page broke a rule of its own or of the security policy', () => {
    assert.deepEqual(world.people.faults, []);
  });
}
