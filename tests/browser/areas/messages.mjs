// The message centre: sent by an officer, read and signed for by a hospital, seen by the officer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, settled } from '../people.mjs';

const TITLE = '关于做好报量准备工作的通知';

export function checks(world) {
  test('a notice is sent, counted as unread, read, signed for, and the sender sees it', async () => {
    const officer = await world.people.as('procurement_officer');
    await open(officer, '/messages');
    await officer.click('[data-test="create"]');
    await officer.waitForURL(/\/messages\/new/);
    await officer.fill('input[name="title"]', TITLE);
    await officer.fill('textarea[name="text"]', '请于下周五前核对本单位近两年用量。');
    await officer.click('form .el-select:has([aria-label="角色"]) .el-select__wrapper');
    await officer.click('.el-select-dropdown__item:visible:has-text("医院报量员")');
    await officer.keyboard.press('Escape');
    assert.match(await officer.textContent('.goes'), /医院报量员/);
    await officer.click('[data-test="must-sign"]');
    await officer.click('[data-test="send"]');
    await officer.waitForURL(/\/messages\/(\d+|\?state=sent)/);
    await settled(officer);
    assert.match(await officer.textContent('main'), /未签收/);

    const reporter = await world.people.as('hospital_reporter');
    await open(reporter, '/');
    const unread = Number(await reporter.textContent('[data-test="unread"]'));
    assert.ok(unread >= 1);
    await reporter.click('[data-test="bell"]');
    await reporter.waitForURL(/\/messages/);
    await settled(reporter);
    await reporter.click(`[data-test="table"] a:has-text("${TITLE}")`);
    await reporter.waitForSelector('[data-test="sign"]');
    await reporter.waitForFunction((before) => Number(document.querySelector('[data-test="unread"]')?.textContent ?? 0) === before - 1, unread);
    await reporter.click('[data-test="sign"]');
    await reporter.waitForFunction(() => !document.querySelector('[data-test="sign"]'));
    assert.match(await reporter.textContent('article'), /已签收/);
    await open(reporter, '/messages?state=to_sign');
    assert.equal(await reporter.locator(`[data-test="table"] a:has-text("${TITLE}")`).count(), 0);
    await reporter.close();

    await open(officer, officer.url());
    const account = await world.people.account('hospital_reporter');
    await officer.click('[data-tab="signed"]');
    await officer.waitForURL(/state=signed/);
    await settled(officer);
    assert.match(await officer.textContent('[data-test="table"]'), new RegExp(account.organisation));
    await officer.close();
  });

  test('the calendar shows what is due as a month and as a list', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/calendar');
    assert.ok((await page.locator('[data-test="calendar"] td').count()) >= 28);
    await page.click('[data-tab="list"]');
    await page.waitForURL(/view=list/);
    await page.waitForFunction(() => !document.querySelector('[data-test="calendar"]'));
    const before = await page.textContent('[data-test="month"]');
    await page.click('button[aria-label="下个月"]');
    await page.waitForFunction((was) => document.querySelector('[data-test="month"]').textContent !== was, before);
    await page.close();
  });

  test('the account says which channels the service has', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/account');
    const { offered } = await page.evaluate(async () => (await fetch('/api/account/channels')).json());
    const inputs = await page.$$eval('[data-test="channels"] input:not([type="checkbox"])', (all) => all.map((one) => one.name));
    assert.deepEqual(inputs, [...(offered.email ? ['email'] : []), ...(offered.sms ? ['phone'] : []), ...(offered.webhook ? ['webhook'] : [])]);
    if (inputs.length === 0) assert.match(await page.textContent('[data-test="channels"]'), /未启用/);
    await page.close();
  });
}
