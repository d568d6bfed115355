// A hospital that misses the deadline: refused, let in by the province, handed in, and marked late from then on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';
import { PAGE, api, cell, ownHospital, report, statusOf, step, usual } from '../volumes.mjs';

const MINUTE_MS = 60_000;
/** As Beijing's clocks show it: "2026-12-02 16:50:00". */
const shown = (time) => new Date(time + 8 * 60 * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ');

export function checks(world) {
  let hospital;
  let deadline; // milliseconds
  let reporter;

  async function moveClock(page, time) {
    await open(page, '/clock');
    await page.fill('#clock-target', shown(time));
    await page.press('#clock-target', 'Enter');
    await page.click('form:has(#clock-target) button[type="submit"]');
    await page.waitForSelector('.notice.good');
  }
  /** The row of the hospital on the list of who is late. */
  async function lateRow(page) {
    await open(page, `${PAGE}/reports?late=1&text=${hospital}`);
    return (await rowsShown(page))[0];
  }

  test('before the deadline the hospital is not on the list of who is late', async () => {
    const { people } = await world.apart();
    const officer = await people.as('procurement_officer');
    await open(officer, '/');
    deadline = Date.parse((await api(officer, `/api${PAGE}/reporting`)).deadline);
    await moveClock(officer, deadline - 10 * MINUTE_MS);
    for (const role of ['procurement_officer', 'hospital_reporter']) people.forget(role); // their sessions ended with the days

    reporter = await people.as('hospital_reporter');
    await open(reporter, '/');
    hospital = await ownHospital(reporter);
    await open(reporter, `${PAGE}/reports/${hospital}`);
    await reporter.waitForSelector('[data-test="sheet"]');
    await reporter.fill(cell(0), '4321');
    const province = await people.as('bureau_province');
    assert.equal(await lateRow(province), undefined);
    await province.close();
  });

  test('past the deadline saving is refused on the page with what is to be done; what was typed stays', async () => {
    const { people } = await world.apart();
    const officer = await people.as('procurement_officer');
    await moveClock(officer, deadline + 5 * MINUTE_MS);
    await officer.close();
    await reporter.click('[data-test="save"]');
    const box = await reporter.waitForSelector('[data-test="problem"]');
    const said = await box.textContent();
    for (const what of [/已截止/, /补报/, /省级医保部门/]) assert.match(said, what);
    assert.equal(await reporter.inputValue(cell(0)), '4321');
    assert.notEqual((await report(reporter, hospital)).lots[0].rows[0].units, '4321');
    reporter.on('dialog', (dialog) => dialog.accept());
    await reporter.reload();
    await settled(reporter);
    assert.equal(await reporter.locator(`input${cell(0)}`).count(), 0, 'nothing to write in');
    assert.equal(await reporter.locator('[data-test="submit-report"]').count(), 0);
    assert.match(await reporter.textContent('[data-test="locked"]'), /已截止.*补报.*省级医保部门/s);
  });

  test('who is late: the hospital and what is missing; the city cannot let it in, the province can', async () => {
    const { people } = await world.apart();
    const city = await people.as('bureau_city');
    await open(city, `${PAGE}/reporting`);
    assert.equal(await city.locator('[data-test="file-late"]').count(), 0);
    await city.close();

    const province = await people.as('bureau_province');
    const row = await lateRow(province);
    assert.equal(row?.hospital, hospital);
    assert.match(row.late_text, /逾期|未报/);
    await open(province, `${PAGE}/reporting`);
    await province.click('[data-test="file-late"]');
    await province.click('.el-dialog:visible .field:has(:text-is("医疗机构")) .el-select');
    await province.keyboard.type(hospital);
    await province.click(`.el-select-dropdown:visible .el-select-dropdown__item:has-text("${hospital}")`);
    assert.equal(await province.locator('.el-dialog:visible [data-test="submit"]').isDisabled(), true, 'neither until when nor why');
    await province.fill('.el-dialog:visible textarea[name="reason"]', '系统故障，未能按时报送');
    const until = province.locator('.el-dialog:visible .el-date-editor input');
    await until.fill(shown(deadline - MINUTE_MS));
    await until.press('Enter');
    await province.click('.el-dialog:visible [data-test="submit"]');
    assert.match(await (await province.waitForSelector('.el-dialog:visible [data-test="problem"]')).textContent(), /已过|晚于|以后/);
    await until.fill(shown(deadline + 120 * MINUTE_MS));
    await until.press('Enter');
    await province.click('.el-dialog:visible [data-test="submit"]');
    await province.waitForSelector('.notice.good');
    await province.close();
  });

  test('with leave it reports what it had typed, is marked late, and the list says so', async () => {
    const { people } = await world.apart();
    await open(reporter, `${PAGE}/reports/${hospital}`);
    await reporter.waitForSelector(`input${cell(0)}`);
    assert.equal(await reporter.inputValue(cell(0)), '4321', 'what was typed before the deadline is back');
    assert.match(await reporter.textContent('[data-test="late-until"]'), new RegExp(shown(deadline + 120 * MINUTE_MS).slice(0, 16)));
    const lines = usual(await report(reporter, hospital));
    await reporter.fill(cell(0), lines[0].units);
    await reporter.click('[data-test="save"]');
    await reporter.waitForFunction(() => document.querySelector('[data-test="save-state"]')?.textContent.includes('已保存'));
    const found = await report(reporter, hospital);
    const kept = await api(reporter, `/api${PAGE}/reports/${hospital}`, { lines, version: found.version }, 'PUT');
    assert.equal(kept.http, 200, kept.text);
    await open(reporter, `${PAGE}/reports/${hospital}`);
    await step(reporter, 'submit');
    assert.match(await statusOf(reporter), /待科室审核/);
    assert.match(await reporter.textContent('.head'), /逾期/);
    await reporter.close();

    const approver = await people.as('hospital_approver');
    await open(approver, `${PAGE}/reports/${hospital}`);
    await step(approver, 'approve');
    await approver.close();
    const province = await people.as('bureau_province');
    const row = await lateRow(province);
    assert.match(row.status_text, /待医保部门确认/);
    assert.match(row.late_text, /逾期/);
    await province.close();
  });
}
