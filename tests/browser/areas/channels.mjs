// Beside the message centre: e-mail and webhook of a person, saved on the account page; what is then sent there.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { Outside } from '../outside.mjs';
import { open } from '../people.mjs';

const EMAIL = 'reporter@hospital.example.org';
const TITLE = '请核对科室用量';

export function checks(world) {
  let secret;
  const inputs = (page) => page.$$eval('[data-test="channels"] input:not([type="checkbox"])', (all) => all.map((one) => [one.name, one.value]));

  test('an address that is none is named at its field and not kept; the rest of the form stays', async () => {
    const { people, outside } = await world.apart();
    const page = await people.as('hospital_reporter');
    await open(page, '/account');
    assert.deepEqual(await inputs(page), [['email', ''], ['webhook', '']], 'what this service has; no SMS');
    await page.fill('[data-test="channels"] input[name="email"]', 'reporter@hospital');
    await page.fill('[data-test="channels"] input[name="webhook"]', outside.webhook);
    await page.click('[data-test="save-channels"]');
    const fault = page.locator('[data-test="channels"] .field:has(input[name="email"]) .fault');
    await fault.waitFor();
    assert.match(await fault.textContent(), /reporter@hospital/);
    assert.equal(await page.getAttribute('[data-test="channels"] input[name="email"]', 'aria-invalid'), 'true');
    assert.equal(await page.inputValue('[data-test="channels"] input[name="webhook"]'), outside.webhook);
    assert.equal((await page.evaluate(async () => (await fetch('/api/account/channels')).json())).webhook, '');
    await page.close();
  });

  test('e-mail and webhook are kept, the secret is shown once, and both are there the next time', async () => {
    const { people, outside } = await world.apart();
    const page = await people.as('hospital_reporter');
    await open(page, '/account');
    await page.fill('[data-test="channels"] input[name="email"]', EMAIL);
    await page.fill('[data-test="channels"] input[name="webhook"]', outside.webhook);
    await page.click('[data-test="save-channels"]');
    await page.waitForSelector('[data-test="secret"]:visible');
    secret = (await page.textContent('[data-test="secret"] code')).trim();
    assert.ok(secret.length >= 32, secret);
    await page.click('[data-test="secret-close"]');
    await open(page, '/account');
    assert.deepEqual(await inputs(page), [['email', EMAIL], ['webhook', outside.webhook]]);
    assert.ok(!(await page.content()).includes(secret), 'never again');
    await page.click('[data-test="save-channels"]');
    await page.waitForSelector('.notice.good');
    assert.equal(await page.locator('[data-test="secret"]:visible').count(), 0, 'the same address keeps its secret');
    await page.close();
  });

  test('a notice sent on the page arrives at both, signed and without what it must not say', async () => {
    const { people, outside, service } = await world.apart();
    const officer = await people.as('procurement_officer');
    await open(officer, '/messages/new');
    await officer.fill('input[name="title"]', TITLE);
    await officer.fill('textarea[name="text"]', '请于本周五前完成。');
    await officer.click('form .el-select:has([aria-label="角色"]) .el-select__wrapper');
    await officer.click('.el-select-dropdown__item:visible:has-text("医院报量员")');
    await officer.keyboard.press('Escape');
    await officer.click('[data-test="send"]');
    await officer.waitForURL(/\/messages\/(\d+|\?state=sent)/);
    await officer.close();

    const post = await Outside.arrived(() => outside.posts.find((one) => JSON.parse(one.body).title === TITLE));
    const stamp = post.headers['x-jicai-timestamp'];
    const wanted = createHmac('sha256', secret).update(`${stamp}.${post.body}`).digest('hex');
    assert.equal(post.headers['x-jicai-signature'], `sha256=${wanted}`);
    const mail = await Outside.arrived(() => outside.mails.find((one) => one.to === EMAIL));
    assert.match(mail.text, /^Subject: /m);
    assert.ok(service.said.indexOf(EMAIL) < 0, 'no address in the log');
  });
}
