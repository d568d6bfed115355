// The service goes away and comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown } from '../people.mjs';

export function checks(world) {
  test('a stopped service is told in words; back again, the page fills by itself', async () => {
    const page = await world.people.as('procurement_officer');
    await page.evaluate(() => localStorage.setItem('jicai.language', 'zh')).catch(() => undefined);
    await open(page, '/rounds');
    await world.service.stop();
    await page.click('form[role="search"] button[type="submit"]');
    await page.waitForSelector('[data-test="problem"]');
    assert.match(await page.textContent('[data-test="problem"]'), /连不上服务/);
    await page.waitForSelector('[data-test="retry-in"]');
    assert.ok((await rowsShown(page)).length > 0, 'what was read before stays on the page');
    await world.service.start();
    await page.waitForSelector('[data-test="problem"]', { state: 'detached', timeout: 30_000 });
    assert.ok((await rowsShown(page)).length > 0);
    await page.close();
  });

  test('a busy service is waited for', async () => {
    const page = await world.people.as('procurement_officer');
    let refused = 0;
    await page.route('**/api/rounds?*', (route) => {
      refused += 1;
      if (refused > 1) return route.continue();
      return route.fulfill({
        status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '1' },
        body: JSON.stringify({ key: 'store.unavailable', text: '数据库暂时不可用。', next: '请稍候。', faults: [], request_id: 'r-503', retry_after: 1 }),
      });
    });
    await page.goto('/rounds');
    await page.waitForSelector('[data-test="retry-in"]');
    assert.match(await page.textContent('[data-test="problem"]'), /数据库暂时不可用.*r-503/s);
    await page.waitForSelector('[data-test="table"]');
    await page.close();
  });

  test('no page broke a rule', () => {
    assert.deepEqual(world.people.faults, []);
  });
}
