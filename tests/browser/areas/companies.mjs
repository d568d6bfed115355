// Before the bidding: companies' promises, who is qualified, and lots that leave a round and are put out again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';

const AT = '/rounds/YS-2026-2'; // in its notice
const OTHER = 'YS-2026-1';

export function checks(world) {
  /** What may be chosen in an open form; the list stays open. */
  const choicesOf = async (page, label) => {
    await page.click(`.el-dialog:visible .el-select:has([aria-label="${label}"]) .el-select__wrapper`);
    await page.waitForSelector('.el-select-dropdown:visible .el-select-dropdown__item');
    return page.locator('.el-select-dropdown:visible .el-select-dropdown__item').allTextContents();
  };
  const choose = async (page, label, text) => {
    await page.click(`.el-dialog:visible .el-select:has([aria-label="${label}"]) .el-select__wrapper`);
    await page.click(`.el-select-dropdown:visible .el-select-dropdown__item:has-text("${text}") >> nth=0`);
  };
  const closed = (page) => page.waitForSelector('.el-dialog', { state: 'hidden' }).then(() => settled(page));

  test('a company promises good faith once, with its own click; others see it and cannot promise', async () => {
    const supplier = await world.people.as('supplier');
    const { organisation } = await world.people.account('supplier');
    await open(supplier, `${AT}/commitments`);
    assert.ok(!(await supplier.textContent('main')).includes('承诺已提交'));
    await supplier.click('[data-test="promise"]');
    assert.match(await supplier.inputValue('textarea[name="promise"]'), new RegExp(`${organisation}.*不串通`));
    assert.equal(await supplier.locator('.el-dialog:visible [data-test="submit"]').isDisabled(), true, 'not without agreeing');
    await supplier.click('.el-dialog:visible [data-test="agree"]');
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    await closed(supplier);
    assert.equal((await rowsShown(supplier)).filter((row) => Object.values(row).includes(organisation)).length, 1);

    await supplier.click('[data-test="promise"]');
    await supplier.click('.el-dialog:visible [data-test="agree"]');
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    assert.match(await (await supplier.waitForSelector('.el-dialog:visible [data-test="problem"]')).textContent(), /已/);
    await supplier.keyboard.press('Escape');
    await supplier.close();

    const officer = await world.people.as('procurement_officer');
    await open(officer, `${AT}/commitments`);
    assert.equal(await officer.locator('[data-test="promise"]').count(), 0);
    assert.ok((await rowsShown(officer)).some((row) => Object.values(row).includes(organisation)));
    await officer.close();
  });

  test('who is not qualified is publicised with its reason; the company objects, and the answer stands beside it', async () => {
    const { organisation } = await world.people.account('supplier');
    const officer = await world.people.as('procurement_officer');
    await open(officer, `${AT}/commitments`);
    await officer.click('[data-test="qualify"]');
    await choose(officer, '企业', organisation);
    await choose(officer, '资格', '不符合');
    assert.equal(await officer.locator('.el-dialog:visible [data-test="submit"]').isDisabled(), true, 'not without a reason');
    await officer.fill('.el-dialog:visible textarea[name="reason"]', '未提交药品注册证');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await closed(officer);

    const supplier = await world.people.as('supplier');
    await open(supplier, `${AT}/commitments`);
    assert.equal(await supplier.locator('[data-test="qualify"]').count(), 0);
    const publicised = await supplier.textContent('main');
    for (const what of [organisation, '不符合', '未提交药品注册证']) assert.ok(publicised.includes(what), what);
    const objection = '我司注册证已于公告前提交，请复核资格。';
    await open(supplier, `${AT}/inquiries`);
    await supplier.click('[data-test="ask"]');
    await supplier.fill('.el-dialog:visible textarea', objection);
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    await supplier.waitForSelector(`[data-test="inquiries"] li:has-text("${objection}")`);

    await open(officer, `${AT}/inquiries`);
    await officer.click(`[data-test="inquiries"] li:has-text("${objection}") [data-answer]`);
    await officer.fill('.el-dialog:visible textarea', '已复核，予以更正。');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await officer.waitForSelector(`[data-test="inquiries"] li:has-text("${objection}") .answer`);
    await open(officer, `${AT}/commitments`);
    await officer.click('[data-test="qualify"]');
    await choose(officer, '企业', organisation);
    await officer.fill('.el-dialog:visible textarea[name="reason"]', '复核后符合');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await closed(officer);

    await open(supplier, `${AT}/commitments`);
    const states = await supplier.$$eval('[data-column="state_text"]', (cells) => cells.map((one) => one.textContent.trim()));
    assert.ok(states.includes('符合申报资格'), JSON.stringify(states));
    await open(supplier, `${AT}/inquiries`);
    assert.match(await supplier.textContent(`[data-test="inquiries"] li:has-text("${objection}")`), /已复核，予以更正/);
    for (const page of [officer, supplier]) await page.close();
  });

  test('a lot is cancelled with its reason, then put out again in another round; both are in the record', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, `${AT}/setup/lots`);
    const name = await page.textContent('[data-test="lots"] tbody tr:nth-child(3) [data-column="name"]');
    await page.click('[data-test="change-lot"]');
    assert.deepEqual(await choicesOf(page, '变更为'), ['取消采购'], 'nothing to put out again yet, and no lot fails before the opening');
    await page.click('.el-select-dropdown:visible .el-select-dropdown__item');
    await choose(page, '品种', `3 ${name.trim()}`);
    assert.equal(await page.locator('.el-dialog:visible [data-test="submit"]').isDisabled(), true, 'not without a reason');
    await page.fill('.el-dialog:visible textarea[name="reason"]', '临床需求变化');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await closed(page);
    assert.match(await page.textContent('[data-test="lot-states"]'), new RegExp(`3 ${name.trim()}.*取消.*临床需求变化`, 's'));

    await page.click('[data-test="change-lot"]');
    await choose(page, '变更为', '重新采购');
    assert.deepEqual(await choicesOf(page, '品种'), [`3 ${name.trim()}`], 'only what left can be put out again');
    await page.click('.el-select-dropdown:visible .el-select-dropdown__item');
    await choose(page, '并入轮次', OTHER);
    await page.fill('.el-dialog:visible textarea[name="reason"]', '下一轮重新采购');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await closed(page);
    assert.match(await page.textContent('[data-test="lot-states"]'), /重新采购/);
    await open(page, `${AT}/events`);
    const record = await page.textContent('[data-test="table"]');
    for (const what of ['临床需求变化', '下一轮重新采购', `→ ${OTHER}`]) assert.ok(record.includes(what), `${what}: ${record}`);
    await page.close();

    const supplier = await world.people.as('supplier');
    await open(supplier, `${AT}/events`);
    assert.match(await supplier.textContent('[data-test="table"]'), /临床需求变化/);
    await supplier.close();
  });
}
