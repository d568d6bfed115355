// What every list does: query, reset, tabs, pages, the address, export.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';

const LOTS = '/rounds/GY-YD2019-2/lots';

async function save(page, format) {
  await page.click('[data-test="export"]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-format="${format}"]:visible`)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export function checks(world) {
  test('a query narrows the list and stands in the address; back and reset undo it', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, LOTS);
    const all = await rowsShown(page);
    await page.fill('form[role="search"] input', all[3].name);
    await page.keyboard.press('Enter');
    await page.waitForURL(/text=/);
    await page.waitForFunction(() => document.querySelectorAll('[data-test="table"] tbody tr').length === 1);
    assert.equal((await rowsShown(page))[0].lot, all[3].lot);
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll('[data-test="table"] tbody tr').length === count, all.length);
    assert.equal(await page.inputValue('form[role="search"] input'), '');
    await page.goForward();
    await page.waitForURL(/text=/);
    await settled(page);
    assert.equal(await page.inputValue('form[role="search"] input'), all[3].name);
    await page.focus('form[role="search"] input');
    await page.keyboard.press('Escape');
    await page.waitForFunction((count) => document.querySelectorAll('[data-test="table"] tbody tr').length === count, all.length);
    await page.close();
  });

  test('nothing found says so and what to do next', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, `${LOTS}?text=没有这个品种`);
    assert.match(await page.textContent('.empty'), /没有符合条件的记录/);
    assert.equal(await page.locator('[data-test="export"]').isDisabled(), true);
    await page.close();
  });

  test('pages of 10, 20 and 30 rows', async () => {
    const page = await world.people.as('procurement_officer');
    for (const size of [10, 20, 30]) {
      await open(page, `${LOTS}?size=${size}`);
      assert.equal((await rowsShown(page)).length, size);
    }
    await open(page, `${LOTS}?size=10`);
    const first = await rowsShown(page);
    await page.click('.el-pagination .btn-next');
    await page.waitForURL(/page=2/);
    await settled(page);
    const second = await rowsShown(page);
    assert.notEqual(second[0].lot, first[0].lot);
    await page.close();
  });

  test('an export holds exactly the filtered list with its titles', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, `${LOTS}?size=30`);
    const name = (await rowsShown(page))[0].name.slice(0, 2);
    await open(page, `${LOTS}?size=30&text=${name}`);
    const titles = await page.$$eval('[data-test="table"] th', (all) => all.map((one) => one.textContent.trim()));
    const shown = await rowsShown(page);
    const csv = await save(page, 'csv');
    assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const lines = csv.bytes.toString('utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/);
    assert.deepEqual(lines[0].split(',').map((cell) => cell.replace(/^"|"$/g, '')), titles);
    assert.equal(lines.length - 1, shown.length);
    for (const [index, row] of shown.entries()) assert.ok(lines[index + 1].includes(row.name), lines[index + 1]);
    const gb = await save(page, 'csv-gb18030');
    assert.ok(new TextDecoder('gb18030').decode(gb.bytes).includes(shown[0].name));
    const xlsx = await save(page, 'xlsx');
    assert.match(xlsx.name, /\.xlsx$/);
    assert.equal(xlsx.bytes.subarray(0, 2).toString(), 'PK');
    await page.close();
  });
}
