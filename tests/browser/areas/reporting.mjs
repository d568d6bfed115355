// Volume reports on the screen: filled in, approved, confirmed, returned, late; a group; two people at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';
import { PAGE, ROUND, api, cell, ownHospital, pasteInto, report, statusOf, step, usual } from '../volumes.mjs';

const PDF = { name: '盖章件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') };
const state = (page, wanted) => page.waitForFunction((text) => document.querySelector('[data-test="save-state"]')?.textContent.includes(text), wanted);

export function checks(world) {
  let hospital;
  const openReport = async (page, code = hospital) => {
    await open(page, `${PAGE}/reports/${code}`);
    await page.waitForSelector('[data-test="sheet"]');
  };

  test('a hospital fills its sheet by keyboard only, and saves it', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, '/');
    hospital = await ownHospital(page);
    await openReport(page);
    // Not what was uploaded before.
    const wanted = usual(await report(page, hospital)).map((one) => ({ ...one, units: String(BigInt(one.units) + 1n) }));
    await page.focus('h1 ~ *, #content');
    for (let pressed = 0; pressed < 200; pressed += 1) {
      if (await page.evaluate(() => document.activeElement?.matches('[data-r="0"][data-c="units"]') ?? false)) break;
      await page.keyboard.press('Tab');
    }
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.c), 'units', 'the first quantity is reached by Tab');
    for (const line of wanted.slice(0, 3)) {
      await page.keyboard.type(line.units);
      await page.keyboard.press('Enter');
    }
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.r), '3', 'Enter goes down');
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.r), '2', 'arrows go up');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.c), 'cause', 'Tab goes on in the row');
    await page.keyboard.press('Control+s');
    await state(page, '已保存');
    const saved = (await report(page, hospital)).lots.flatMap((lot) => lot.rows);
    assert.deepEqual(saved.slice(0, 3).map((row) => row.units), wanted.slice(0, 3).map((one) => one.units));
    await page.close();
  });

  test('a block from Excel is pasted; what is below the floor asks for its cause in words', async () => {
    const page = await world.people.as('hospital_reporter');
    await openReport(page);
    const found = await report(page, hospital);
    const lines = usual(found);
    await pasteInto(page, cell(0), `${lines.map((one) => `${one.units}\t`).join('\r\n')}\r\n`);
    await page.click('[data-test="save"]');
    await state(page, '已保存');
    const low = found.lots.findIndex((lot) => lot.rows.length === 1 && Number(lot.floor) > 1);
    const row = found.lots.slice(0, low).reduce((sum, lot) => sum + lot.rows.length, 0);
    await page.fill(cell(row), '1');
    await page.press(cell(row), 'Tab');
    const place = `tbody[data-lot="${found.lots[low].lot}"]`;
    await page.waitForSelector(`${place} .found .holds`);
    assert.match(await page.textContent(`${place} .found`), /低于下限/);
    assert.match(await page.textContent(`${place} .tag`), /需补充/);
    assert.equal(await page.getAttribute(cell(row, 'cause'), 'aria-invalid'), 'true');
    await page.click('[data-test="submit-report"]');
    await page.click('[data-test="missing-list"] li button >> nth=0');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.c), 'cause', 'one click leads to what is missing');
    await page.selectOption(cell(row, 'cause'), 'stock_left');
    await page.waitForSelector(`${place} .found .holds`, { state: 'detached' });
    assert.match(await page.textContent(`${place} .tag`), /已说明/);
    await page.press(cell(row), 'Control+s');
    await state(page, '已保存');
    const saved = (await report(page, hospital)).lots[low];
    assert.deepEqual([saved.rows[0].units, saved.rows[0].cause], ['1', 'stock_left']);
    assert.ok(saved.findings.every((one) => !one.holds_back), 'the service finds what the screen found');
    await page.close();
  });

  test('a quantity that is none is named and not saved; leaving asks; a reload brings it back', async () => {
    const page = await world.people.as('hospital_reporter');
    await openReport(page);
    const before = await report(page, hospital);
    await page.fill(cell(1), '一百');
    await page.click('[data-test="save"]');
    await state(page, '有误');
    assert.equal(await page.getAttribute(cell(1), 'aria-invalid'), 'true');
    assert.equal((await report(page, hospital)).version, before.version);
    await page.fill(cell(1), '4321');
    await page.click('nav.menu a[href="/rounds"]');
    await page.waitForSelector('[data-test="leave"]:visible');
    await page.click('[data-test="stay"]');
    assert.match(page.url(), /reports/);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await page.waitForSelector('[data-test="sheet"]');
    await page.waitForFunction((where) => document.querySelector(where)?.value === '4321', cell(1));
    await page.click('nav.menu a[href="/rounds"]');
    await page.click('[data-test="discard"]');
    await page.waitForURL(/\/rounds$/);
    assert.equal((await report(page, hospital)).version, before.version);
    await page.close();
  });

  test('two people in one report: what does not collide is joined, what does is asked with both values', async () => {
    const page = await world.people.as('hospital_reporter');
    await openReport(page);
    const quicker = async (change) => {
      const found = await report(page, hospital);
      const lines = found.lots.flatMap((lot) => lot.rows.filter((row) => row.units !== '').map((row) => ({ lot: lot.lot, spec: row.spec, brand: row.brand, units: row.units, cause: row.cause, remark: row.remark })));
      change(lines);
      const answer = await api(page, `/api/rounds/${ROUND}/reports/${hospital}`, { lines, version: found.version }, 'PUT');
      assert.equal(answer.http, 200, answer.text);
    };
    await quicker((lines) => { lines[1].remark = '对方写的'; });
    await page.fill(cell(0, 'remark'), '我写的');
    await page.click('[data-test="save"]');
    await state(page, '已保存');
    let rows = (await report(page, hospital)).lots.flatMap((lot) => lot.rows);
    assert.deepEqual([rows[0].remark, rows[1].remark], ['我写的', '对方写的']);
    await quicker((lines) => { lines[0].remark = '对方后写'; });
    await page.fill(cell(0, 'remark'), '我后写');
    await page.click('[data-test="save"]');
    await page.waitForSelector('[data-test="clash"]:visible');
    const said = await page.textContent('[data-test="clash"]');
    assert.match(said, /我后写/);
    assert.match(said, /对方后写/);
    await page.click('[data-which="theirs"]');
    await page.click('[data-test="decide"]');
    await page.waitForSelector('[data-test="clash"]', { state: 'hidden' });
    rows = (await report(page, hospital)).lots.flatMap((lot) => lot.rows);
    assert.equal(rows[0].remark, '对方后写');
    await page.close();
  });

  test('submitted, approved, returned by the city, mended, confirmed by city and province', async () => {
    const reporter = await world.people.as('hospital_reporter');
    await openReport(reporter);
    await step(reporter, 'submit');
    assert.match(await statusOf(reporter), /待科室审核/);
    assert.equal(await reporter.locator(`input${cell(0)}`).count(), 0, 'nothing to write in any more');

    const approver = await world.people.as('hospital_approver');
    await open(approver, `${PAGE}/reports?waiting=1`);
    assert.deepEqual((await rowsShown(approver)).map((row) => row.hospital), [hospital]);
    await openReport(approver);
    await step(approver, 'approve', { remark: '与药库核对一致', paper: PDF });
    assert.match(await approver.textContent('[data-test="history"]'), /盖章件/);

    const city = await world.people.as('bureau_city');
    await openReport(city);
    await city.click('[data-step="send_back"]');
    assert.equal(await city.locator('.el-dialog [data-test="submit"]').isDisabled(), true, 'a return needs its reason');
    await city.click('.el-dialog:visible button:has-text("取消")');
    await step(city, 'send_back', { remark: '第一个品种请再核对' });

    await openReport(reporter);
    assert.match(await reporter.textContent('[data-test="returned"]'), /第一个品种请再核对/);
    await step(reporter, 'submit');
    await openReport(approver);
    await step(approver, 'approve');
    await openReport(city);
    await step(city, 'confirm');
    const province = await world.people.as('bureau_province');
    await openReport(province);
    await step(province, 'confirm');
    assert.match(await statusOf(province), /省级/);
    const steps = await province.$$eval('[data-test="history"] li', (all) => all.length);
    assert.ok(steps >= 7, `${steps} steps`);
    for (const page of [reporter, approver, city, province]) await page.close();
  });

  test('county to city to province with a return, one report after the other', async () => {
    const county = await world.people.as('bureau_county');
    await open(county, `${PAGE}/reports?waiting=1`);
    const waiting = await rowsShown(county);
    assert.ok(waiting.length >= 2, 'the demo has reports waiting for the county');
    const code = waiting[0].hospital;
    await county.click('[data-test="table"] tbody a >> nth=0');
    await county.waitForSelector('[data-test="sheet"]');
    await step(county, 'confirm');
    assert.match(await statusOf(county), /县/);
    await county.click('[data-test="next-report"]');
    await county.waitForURL((url) => url.pathname.includes('/reports/') && !url.pathname.endsWith(code));
    await settled(county);

    const city = await world.people.as('bureau_city');
    await openReport(city, code);
    await step(city, 'confirm');
    const province = await world.people.as('bureau_province');
    await openReport(province, code);
    await step(province, 'send_back', { remark: '请附用药依据' });
    assert.match(await statusOf(province), /退回/);
    await open(county, `${PAGE}/reports?status=returned`);
    assert.ok((await rowsShown(county)).some((row) => row.hospital === code));
    for (const page of [county, city, province]) await page.close();
  });

  test('the lead of a medical group reports for its members, and their shares add up', async () => {
    const page = await world.people.as('bureau_province');
    await open(page, `${PAGE}/reports`);
    const code = await page.evaluate(async (round) => {
      for (let number = 1; ; number += 1) {
        const list = await (await fetch(`/api/rounds/${round}/reports?size=100&page=${number}`)).json();
        if (!list.rows.length) return '';
        for (const row of list.rows.filter((one) => one.quantity_lines > 0)) {
          const found = await (await fetch(`/api/rounds/${round}/reports/${row.hospital}`)).json();
          if (found.hospital.group?.members.length > 1 && found.hospital.group.lead === row.hospital) return row.hospital;
        }
      }
    }, ROUND);
    assert.ok(code, 'the demo has a group');
    await openReport(page, code);
    const lines = await page.$$eval('[data-test="group"] tbody tr', (rows) => rows.map((row) => [...row.querySelectorAll('td.exact')].map((one) => Number(one.textContent.replaceAll(',', '')))));
    assert.ok(lines.length > 0);
    for (const [total, ...shares] of lines) assert.equal(shares.reduce((sum, one) => sum + one, 0), total);
    await page.close();
  });

  test('progress, who is late, and sums that follow', async () => {
    const page = await world.people.as('bureau_province');
    await open(page, `${PAGE}/reporting`);
    const figures = await page.$$eval('dl.figures > div', (all) => Object.fromEntries(all.map((one) => [one.querySelector('dt').textContent, Number(one.querySelector('dd').textContent)])));
    const regions = await page.$$eval('[data-test="regions"] tbody tr', (rows) => rows.map((row) => [...row.querySelectorAll('td.exact')].map((one) => Number(one.textContent))));
    assert.equal(regions.reduce((sum, one) => sum + one[0], 0), figures['应报机构']);
    assert.equal(regions.reduce((sum, one) => sum + one[2], 0), figures['省级已确认']);
    await open(page, `${PAGE}/reports?late=1`);
    const late = await rowsShown(page);
    assert.ok(late.length > 0 && late.every((row) => /迟|逾期/.test(row.late_text)), JSON.stringify(late.slice(0, 2)));
    await open(page, `${PAGE}/volume-sums?counted=all`);
    assert.ok((await rowsShown(page)).every((row) => /^[\d,]+$/.test(row.quantity)));
    await page.click('[data-test="export"]');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-format="xlsx"]:visible')]);
    assert.match(download.suggestedFilename(), /\.xlsx$/);
    await page.close();
  });
}
