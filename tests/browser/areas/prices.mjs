// The register, prices and orders in the browser: declared and listed, lowered, checked, raised by two people, filed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';
import { api } from '../volumes.mjs';

const DIALOG = '.el-dialog:visible';

export function checks(world) {
  const fill = (page, name, value) => page.fill(`${DIALOG} [name="${name}"]`, value);
  const pick = async (page, label, text) => {
    const field = page.locator(`${DIALOG} .field`, { hasText: label }).first();
    await field.locator('.el-select__wrapper').first().click();
    await page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: text }).first().click();
  };
  const submit = async (page) => {
    await page.click(`${DIALOG} [data-test="submit"]`);
    await page.waitForSelector('.el-dialog', { state: 'hidden' });
    await settled(page);
  };
  const listed = async (page) => {
    await open(page, '/');
    const { rows } = await api(page, '/api/listings?state=listed&region=230000&page=1&size=20');
    return rows.find((row) => row.price && Number(row.price) > 1);
  };
  const check = async (page, entry, price) => {
    await open(page, `/order-check?product=${encodeURIComponent(entry.product)}&region=${entry.region}`);
    await page.fill('input[name="price"]', price);
    await page.click('[data-test="check"]');
    await page.waitForSelector('[data-test="answer"]');
    return page.textContent('[data-test="answer"]');
  };
  const tenth = (price) => (Math.floor(Number(price) * 90) / 100).toFixed(2); // a little lower

  test('the register shows what is listed, and one entry why', async () => {
    const page = await world.people.as('bureau_province');
    await open(page, '/listings?state=listed');
    assert.ok((await rowsShown(page)).length > 0);
    const entry = await listed(page);
    await open(page, `/listings/${entry.id}`);
    assert.match(await page.textContent('[data-test="state"]'), /已挂网/);
    assert.match(await page.textContent('[data-test="price"]'), /零时/);
    assert.ok(await page.locator('[data-test="versions"] tbody tr').count() > 0);
    assert.match(await page.textContent('[data-test="ceilings"]'), /执行/);
    await page.close();
  });

  test('an order at the enforced price is allowed, one fen above it is refused with the clause', async () => {
    const page = await world.people.as('hospital_buyer');
    const entry = await listed(page);
    assert.match(await check(page, entry, entry.price), /可以采购/);
    const above = (Number(entry.price) + 0.01).toFixed(2);
    const refused = await check(page, entry, above);
    assert.match(refused, /不予采购/);
    assert.ok(refused.includes(entry.clause), `${entry.clause} in ${refused}`);
    await page.close();
  });

  test('a price is lowered, a higher one is refused, and for a day gone by a compensation opens', async () => {
    const page = await world.people.as('bureau_province');
    const entry = await listed(page);
    await open(page, `/listings/${entry.id}`);
    await page.click('[data-test="lower"]');
    await fill(page, 'price', (Number(entry.price) + 1).toFixed(2));
    await page.click(`${DIALOG} [data-test="submit"]`);
    await page.waitForSelector(`${DIALOG} [data-test="problem"]`);
    assert.match(await page.textContent(`${DIALOG} [data-test="problem"]`), /提价|涨价/);
    await fill(page, 'price', tenth(entry.price));
    const today = (await api(page, '/api/service')).clock.now.slice(0, 10);
    await fill(page, 'effective', today);
    await page.keyboard.press('Tab');
    await submit(page);
    await page.waitForSelector('[data-test="compensations"]');
    assert.ok((await page.textContent('[data-test="compensations"]')).includes(today));
    await open(page, `/compensations?product=${encodeURIComponent(entry.product)}`);
    assert.equal((await rowsShown(page)).length, 1);
    await page.close();
  });

  test('a rise is proposed by one officer and not decided by the same', async () => {
    const page = await world.people.as('bureau_province');
    const entry = await listed(page);
    await open(page, `/listings/${entry.id}`);
    await page.click('[data-test="rise"]');
    await fill(page, 'price', (Number(entry.price) + 1).toFixed(2));
    await pick(page, '提价原因', '短缺');
    await fill(page, 'reason', '三个月配送率低于 10%');
    await submit(page);
    await open(page, '/price-rises');
    await page.click('[data-test="approve"]');
    await fill(page, 'reason', '同意');
    await page.click(`${DIALOG} [data-test="submit"]`);
    await page.waitForSelector(`${DIALOG} [data-test="problem"]`);
    assert.match(await page.textContent(`${DIALOG} [data-test="problem"]`), /同一|本人|自己|另一/);
    await page.close();
  });

  test('everybody finds prices in plain words, without logging in', async () => {
    const page = await world.people.visitor();
    await open(page, '/public-prices');
    const [row] = await rowsShown(page);
    assert.match(row.text, /每包装 .* 元/);
    await page.context().close();
  });
}
