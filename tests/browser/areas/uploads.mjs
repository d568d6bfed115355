// A volume report by Excel: every fault shown at once, the error workbook mended and sent again, accepted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { open, rowsShown } from '../people.mjs';
import { PAGE, ROUND, ownHospital, report, usual } from '../volumes.mjs';
import { rowsOfWorkbook, workbookOf } from '../workbook.mjs';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const file = (name, rows) => ({ name, mimeType: TYPE, buffer: workbookOf('报量表', rows) });
const HEAD = ['定点医药机构代码', '品种编号', '规格', '厂牌', '报量（最小单位）', '原因', '说明'];

export function checks(world) {
  test('a report by Excel: twelve kinds of faults in one pass, mended in the error workbook, accepted', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/');
    const hospital = await ownHospital(page);
    const lines = usual(await report(page, hospital)).slice(0, 20);
    const good = lines.map((one) => [hospital, one.lot, one.spec, '', Number(one.units), '', '']);
    const spoil = [
      (row) => { row[0] = 'H2301020000'; },
      (row) => { row[1] = { error: '#N/A' }; },
      (row) => { row[1] = '999'; },
      (row) => { row[2] = ''; },
      (row) => { row[2] = '没有的规格'; },
      (row) => { row[2] = `${row[2]}\u200b`; },
      (row) => { row[4] = '1,200'; },
      (row) => { row[4] = '12.0'; },
      (row) => { row[4] = '-5'; },
      (row) => { row[4] = '１２'; },
      (row) => { row[4] = ''; },
      (row) => { row[4] = 12.5; },
      (row) => { row[4] = '约一百'; },
      (row) => { row[4] = '2000000000000'; },
      (row) => { row[5] = '不知道'; },
      (row) => { row[0] = '合计'; row[1] = ''; row[2] = ''; },
    ];
    const bad = good.map((row, index) => {
      const copy = [...row];
      spoil[index]?.(copy);
      return copy;
    });
    await open(page, `${PAGE}/reports/${hospital}`);
    await page.click('[data-test="upload-report"]');
    await page.waitForSelector('[data-test="file"]', { state: 'attached' });
    await page.setInputFiles('[data-test="file"]', { name: '旧.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('旧') });
    await page.waitForSelector('[data-test="problem"]');
    assert.match(await page.textContent('[data-test="problem"]'), /另存为/);
    await page.setInputFiles('[data-test="file"]', file('报量.xlsx', [HEAD, ...bad]));
    await page.waitForSelector('[data-test="import"][data-state="faulty"]');
    const kinds = await page.locator('[data-test="fault-kinds"] li').count();
    assert.ok(kinds >= 12, `${kinds} kinds: ${await page.textContent('[data-test="fault-kinds"]')}`);
    const shown = await page.$$eval('[data-test="faults"] tbody tr', (rows) => rows.map((row) => [...row.cells].map((one) => one.textContent.trim())));
    for (const index of spoil.keys()) assert.ok(shown.some((one) => one[0].endsWith(String(index + 2))), `a fault in row ${index + 2}: ${JSON.stringify(shown)}`);
    assert.equal(await page.locator('[data-test="accept"]').count(), 0, 'nothing to accept yet');
    await page.click('[data-test="fault-kinds"] button >> nth=0');
    assert.ok((await page.locator('[data-test="faults"] tbody tr').count()) < shown.length);

    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="errors"]')]);
    const back = rowsOfWorkbook(readFileSync(await download.path()));
    const head = back.findIndex((row) => row.includes(HEAD[1]));
    assert.equal(back[head].at(-1), '错误原因');
    const mended = back.slice(head + 1, head + 1 + good.length).map((row, index) => {
      assert.equal(row.length > HEAD.length && row.at(-1) !== '', index < spoil.length, `row ${index}: ${row}`);
      return [...good[index], row[HEAD.length] ?? ''];
    });
    await page.click('[data-test="another"]');
    await page.setInputFiles('[data-test="file"]', file('改好.xlsx', [back[head], ...mended]));
    await page.waitForSelector('[data-test="import"][data-state="ready"]');
    await page.waitForSelector('[data-test="preview"]');
    await page.click('[data-test="accept"]');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await page.waitForSelector('[data-test="import"][data-state="accepted"]');
    await page.click('[data-test="see"]');
    await page.waitForSelector('[data-test="sheet"]');
    const saved = new Map((await report(page, hospital)).lots.flatMap((lot) => lot.rows.map((row) => [`${lot.lot}/${row.spec}`, row.units])));
    for (const one of lines) assert.equal(saved.get(`${one.lot}/${one.spec}`), one.units);
    await page.close();
  });

  test('what was uploaded stays on its own page and in the list', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/tables');
    const rows = await rowsShown(page);
    assert.ok(rows.length >= 2);
    await page.click('[data-test="table"] tbody a >> nth=0');
    await page.waitForSelector('[data-test="import"][data-state="accepted"]');
    await page.close();
  });

  test('catalogues are searched by name, initials and code; a temporary institution opens at once', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/hospitals');
    const [first] = await rowsShown(page);
    for (const text of [first.code, first.name.slice(0, 4)]) {
      await open(page, `/hospitals?text=${encodeURIComponent(text)}`);
      assert.ok((await rowsShown(page)).some((row) => row.code === first.code), text);
    }
    await open(page, '/regions?text=heb');
    assert.ok((await rowsShown(page)).some((row) => row.name === '哈尔滨市'));
    await open(page, '/regions');
    await page.click('[data-parent="000000"] > li > button:has-text("黑龙江省")');
    await page.click('[data-parent="230000"] > li > button:has-text("哈尔滨市")');
    await page.waitForSelector('[data-parent="230100"] > li:has-text("南岗区")');
    await open(page, '/holidays?year=2026');
    assert.match(await page.textContent('[data-test="holidays"]'), /春节/);
    await open(page, '/product-kinds');
    assert.ok((await page.locator('section.panel h2').count()) >= 5);

    await open(page, '/hospitals');
    await page.click('[data-test="temporary"]');
    const code = 'H23010309991';
    await page.fill('.el-dialog input[name="code"]', code);
    await page.fill('.el-dialog input[name="name"]', '南岗方舱（演示）');
    await page.click('.el-dialog:visible .field:has(:text-is("地区")) .el-select');
    await page.keyboard.type('230103');
    await page.click('.el-select-dropdown:visible .el-select-dropdown__item:has-text("230103")');
    await page.fill('.el-dialog:visible .el-date-editor input', '2027-03-31');
    await page.keyboard.press('Enter');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await page.waitForSelector('.el-dialog', { state: 'hidden' });
    await open(page, `/hospitals?text=${code}`);
    const [row] = await rowsShown(page);
    assert.match(row.expires, /临时，至 2027-03-31/);
    await page.close();
  });

  test('the report as Excel from its page is what the screen says, and comes back unchanged', async () => {
    const page = await world.people.as('hospital_reporter');
    const faults = [];
    page.on('response', (answer) => answer.status() >= 400 && faults.push(`${answer.status()} ${answer.url()}`));
    await open(page, '/');
    const hospital = await ownHospital(page);
    await open(page, `${PAGE}/reports/${hospital}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="export-report"]')]);
    const rows = rowsOfWorkbook(readFileSync(await download.path()));
    const head = rows.findIndex((row) => row.includes(HEAD[1]));
    const said = rows.slice(head + 1).filter((row) => row[0] === hospital);
    const shown = (await report(page, hospital)).lots.flatMap((lot) => lot.rows.map((row) => [lot.lot, row.spec, row.units]));
    assert.deepEqual(said.map((row) => [row[1], row[2], row[4] ?? ''].map(String)).sort(), shown.map((row) => row.map(String)).sort());
    await page.click('[data-test="upload-report"]');
    await page.waitForSelector('[data-test="file"]', { state: 'attached' });
    for (const which of ['template', 'filled-template']) {
      const [saved] = await Promise.all([page.waitForEvent('download'), page.click(`[data-test="${which}"]`)]);
      assert.ok(rowsOfWorkbook(readFileSync(await saved.path())).some((row) => row.includes(HEAD[1])), which);
    }
    // Lines not filled in yet are left out of the file.
    const filled = said.filter((row) => String(row[4] ?? '') !== '');
    await page.setInputFiles('[data-test="file"]', file('报量.xlsx', [rows[head], ...filled]));
    await page.waitForSelector('[data-test="import"][data-state="ready"]');
    assert.match(await page.textContent('[data-test="preview"]'), /没有变化/);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test('a table of a round asks for the round first; past use is not offered to a hospital', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/tables');
    assert.equal(await page.locator('a[href="/tables/history"]').count(), 0);
    const faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.click('a[href="/tables/volume_report"]');
    await page.waitForSelector('[data-test="choose-round"] li');
    assert.equal(await page.locator('[data-test="file"]').count(), 0, 'nothing to upload before');
    await page.click(`[data-test="choose-round"] a:has-text("${ROUND}")`);
    await page.waitForSelector('[data-test="filled-template"]');
    assert.match(page.url(), new RegExp(`round=${ROUND}&hospital=`));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test('what is no workbook is said in Chinese, with no error workbook to mend', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/');
    const hospital = await ownHospital(page);
    await open(page, `/tables/volume_report?round=${ROUND}&hospital=${hospital}`);
    await page.setInputFiles('[data-test="file"]', { name: '报量.xlsx', mimeType: TYPE, buffer: Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(40)]) });
    await page.waitForSelector('[data-test="import"][data-state="faulty"]');
    const said = await page.textContent('[data-test="faults"]');
    assert.match(said, /不是 \.xlsx 工作簿/);
    assert.doesNotMatch(said, /archive/i);
    assert.equal(await page.locator('[data-test="errors"]').count(), 0);
    await page.close();
  });
}
