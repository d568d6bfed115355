import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, settled } from '../people.mjs';

export function checks(world) {
  test('a wrong password is refused in words, with what to do next', async () => {
    const page = await world.people.visitor();
    await page.goto('/login');
    await page.fill('#login', 'nobody.here');
    await page.fill('#password', 'Wrong-pass-1');
    await page.keyboard.press('Enter');
    const said = await page.textContent('[data-test="problem"]');
    assert.match(said, /登录名|密码/);
    assert.match(said, /请/);
    assert.match(said, /请求编号/);
    assert.equal(new URL(page.url()).pathname, '/login');
    await page.context().close();
  });

  test('an administrator is asked for the second factor, and gets in with it', async () => {
    const account = await world.people.account('bid_opener');
    assert.match(account.code, /^\d{6}$/);
    const page = await world.people.visitor();
    await page.goto('/login');
    await page.fill('#login', account.login);
    await page.fill('#password', account.password);
    assert.equal(await page.locator('#code').count(), 0);
    await page.click('#log-in');
    await page.waitForSelector('#code:focus');
    await page.fill('#code', account.code === '000000' ? '000001' : '000000');
    await page.click('#log-in');
    await page.waitForFunction(() => /不正确|无效|错误|有误/.test(document.querySelector('[data-test="problem"]')?.textContent ?? ''));
    await page.fill('#code', (await world.people.account('bid_opener')).code);
    await page.click('#log-in');
    await page.waitForSelector('[data-test="user-menu"]');
    assert.equal(new URL(page.url()).pathname, '/');
    await page.context().close();
  });

  test('after logging in one is where one wanted to go; after logging out nowhere', async () => {
    const page = await world.people.visitor();
    await page.goto('/account');
    await page.waitForURL(/\/login\?back=/);
    const account = await world.people.account('price_monitor');
    await page.click(`[data-login="${account.login}"]`);
    await page.click('#log-in');
    await page.waitForURL(/\/account$/);
    await page.click('[data-test="user-menu"]');
    await page.click('[data-test="log-out"]');
    await page.waitForURL(/\/login$/);
    await page.goto('/');
    await page.waitForURL(/\/login/);
    await page.context().close();
  });

  test('a way back that leads out of the service is not taken', async () => {
    const page = await world.people.visitor();
    const account = await world.people.account('authority_health');
    await page.goto('/login?back=//example.org/');
    await page.click(`[data-login="${account.login}"]`);
    await page.click('#log-in');
    await page.waitForSelector('[data-test="user-menu"]');
    await settled(page);
    assert.equal(page.url(), `${world.service.base}/`);
    await page.context().close();
  });

  test('accounts without a second factor get in with one click', async () => {
    const { demo_accounts: accounts } = await world.service.get('/api/service');
    assert.ok(accounts.length >= 20, `${accounts.length} accounts`);
    // Those that other tests use log in there.
    for (const account of accounts.filter((one) => ['expert', 'pharmacy', 'bureau_county'].includes(one.role))) {
      const page = await world.people.visitor();
      await logIn(page, account);
      await page.context().close();
    }
  });
}
