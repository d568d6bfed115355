// Idle time-out, forced log-out, second factor enrolled anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, open } from '../people.mjs';

export function checks(world) {
  test('two minutes before the time-out one is asked; staying renews, leaving it be ends', async () => {
    const page = await world.people.visitor();
    await page.clock.install();
    await logIn(page, await world.people.account('bureau_city'));
    const { idle_minutes: minutes } = await page.evaluate(async () => (await fetch('/api/session')).json());
    assert.ok(minutes > 2);
    await page.goto('/rounds');
    await page.clock.runFor((minutes * 60 - 125) * 1000);
    assert.equal(await page.locator('[data-test="idle"]:visible').count(), 0);
    await page.clock.runFor(10_000);
    await page.waitForSelector('[data-test="idle"]:visible');
    await page.click('[data-test="idle-stay"]');
    await page.clock.runFor(2_000);
    await page.waitForSelector('[data-test="idle"]', { state: 'hidden' });
    await page.clock.runFor((minutes * 60 + 5) * 1000);
    await page.waitForURL(/\/login\?back=%2Frounds|\/login\?back=\/rounds/);
    assert.match(await page.textContent('[data-test="ended"]'), /长时间未操作/);
    await page.context().close();
  });

  test('a second log-in of the account ends the first, which is told so and comes back to its page', async () => {
    const account = await world.people.account('bureau_province');
    const first = await world.people.visitor();
    await logIn(first, account);
    await open(first, '/rulebooks');
    const second = await world.people.visitor();
    await logIn(second, account);
    await first.click('nav.menu a[href="/rounds"]');
    await first.waitForURL(/\/login\?back=/);
    assert.match(await first.textContent('[data-test="ended"]'), /已在别处登录/);
    await first.context().close();
    await second.context().close();
  });

  test('a second factor is enrolled with a code of the shown secret', async () => {
    const { createHmac } = await import('node:crypto');
    const account = await world.people.account('hospital_finance');
    const page = await world.people.visitor();
    await logIn(page, account);
    await open(page, '/account');
    await page.fill('#factor-password', account.password);
    await page.click('form:has(#factor-password) button[type="submit"]');
    await page.waitForSelector('svg[role="img"] path');
    const secret = (await page.locator('form:has(#factor-code) code').first().textContent()).trim();
    assert.match(secret, /^[A-Z2-7]+=*$/);
    await page.fill('#factor-code', codeOf(secret, createHmac));
    await page.click('form:has(#factor-code) button[type="submit"]');
    await page.waitForSelector('.tag.good:has-text("已绑定")');
    await page.context().close();
  });
}

/** RFC 6238 with the usual 30 s, SHA-1 and six digits. */
function codeOf(secret, createHmac) {
  const bits = [...secret.replace(/=+$/, '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => Number.parseInt(one, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const value = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}
