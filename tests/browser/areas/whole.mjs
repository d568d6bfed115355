// A round from its notice to the objections: what hospitals report is what the exported folder holds, and
// `jicai award` on that folder gives what the pages show. At the service whose clock may be moved.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allRowsShown, open, plain, rowsShown, settled } from '../people.mjs';
import { pdf, roundFolder } from '../round_folders.mjs';
import { ROOT, award } from '../service.mjs';
import { api, cell, ownHospital, pasteInto, step } from '../volumes.mjs';
import { partsOf } from '../workbook.mjs';

const ID = 'YL-2026-9';
const AT = `/rounds/${ID}`;
const LOTS = 3;
const UNITS = [412_000, 5_300_100, 777_700, 1_234_500]; // of the specs of the three lots
const MINUTE_MS = 60_000;
const beijing = (time) => new Date(time + 8 * 60 * MINUTE_MS).toISOString().slice(0, 19);
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

export function checks(world) {
  const folders = [];
  let hospital;
  let bidding; // its deadline

  const ok = async (page, path, body, method) => {
    const answer = await api(page, `/api${AT}${path}`, body, method);
    assert.ok(answer.http < 300, `${path}: ${answer.http} ${answer.text} ${answer.next ?? ''}`);
    return answer;
  };
  async function passOn(page, to) {
    await open(page, `${AT}/setup`);
    await page.click(`[data-test="pass-${to}"]`);
    await page.fill('.el-dialog:visible textarea[name="reason"]', '按计划进行');
    await page.click('.el-dialog:visible [data-test="submit"]');
    const refused = await Promise.race([
      page.waitForSelector('.el-dialog:visible [data-test="problem"]').then((box) => box.textContent()),
      page.waitForSelector('.notice.good').then(() => ''),
    ]);
    assert.equal(refused, '', to);
  }
  async function exported(page) {
    await open(page, `${AT}/setup`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('main button:has-text(".zip")')]);
    return partsOf(readFileSync(await download.path()));
  }

  test('set up, signed by two, open for reports', async () => {
    const { people } = await world.apart();
    const page = await people.as('procurement_officer');
    await open(page, '/rounds/new');
    const folder = roundFolder(ID);
    folders.push(folder);
    await page.setInputFiles('[data-test="folder"]', folder);
    await page.click('[data-test="accept"]');
    await page.waitForURL(/\/setup$/);
    await open(page, `${AT}/setup/documents`);
    for (const kind of ['tender_document', 'fair_competition_review', 'legal_review']) {
      await page.setInputFiles(`[data-kind="${kind}"] [data-test="file"]`, pdf(`${kind}.pdf`));
      await page.click('.el-dialog:visible [data-test="submit"]');
      await page.waitForSelector(`[data-kind="${kind}"] li`);
    }
    const { rulebook, to_sign: toSign } = await api(page, `/api${AT}/setup`);
    await ok(page, '/accepted-values', { paths: rulebook.weak_values.filter((one) => !one.accepted_at).map((one) => one.path) });
    const signature = { what: 'rulebook', digest: toSign.find((one) => one.what === 'rulebook').digest };
    await ok(page, '/signatures', signature);
    const second = await people.asLogin('officer2');
    await open(second, `${AT}/setup`);
    await ok(second, '/signatures', signature);
    await second.close();
    const now = Date.parse((await api(page, '/api/service')).clock.now);
    bidding = now + 25 * MINUTE_MS;
    for (const [stage, time] of [['notice', 15], ['volume_reporting', 18], ['volume_confirmation', 20], ['bidding', 25]]) {
      await ok(page, '/deadlines', { stage, at: `${beijing(now + time * MINUTE_MS)}+08:00` }, 'PUT');
    }
    await passOn(page, 'notice');
    await passOn(page, 'volume_reporting');
    await page.close();
  });

  test('a hospital reports, department, city and province confirm; the sum by region is what was reported', async () => {
    const { people } = await world.apart();
    const reporter = await people.as('hospital_reporter');
    await open(reporter, '/');
    hospital = await ownHospital(reporter);
    const at = `${AT}/reports/${hospital}`;
    await open(reporter, at);
    await reporter.waitForSelector('[data-test="sheet"]');
    assert.equal(await reporter.locator('input[data-c="units"]').count(), UNITS.length);
    // Far from last years' use, so each has its cause.
    await pasteInto(reporter, cell(0), `${UNITS.join('\r\n')}\r\n`);
    for (const row of UNITS.keys()) await reporter.selectOption(cell(row, 'cause'), { index: 1 });
    await reporter.click('[data-test="save"]');
    await reporter.waitForFunction(() => document.querySelector('[data-test="save-state"]')?.textContent.includes('已保存'));
    await step(reporter, 'submit');
    await reporter.close();
    for (const [role, name] of [['hospital_approver', 'approve'], ['bureau_city', 'confirm'], ['bureau_province', 'confirm']]) {
      const page = await people.as(role);
      await open(page, at);
      await page.waitForSelector('[data-test="sheet"]');
      await step(page, name);
      await page.close();
    }
    const officer = await people.as('procurement_officer');
    await open(officer, `${AT}/volume-sums?counted=confirmed&level=province`);
    const sums = await rowsShown(officer);
    assert.deepEqual(sums.map((row) => plain(row.quantity)).sort(), UNITS.map(String).sort());
    await passOn(officer, 'volume_confirmation');
    await passOn(officer, 'bidding');
    await officer.close();
  });

  test('after the opening: the exported folder holds the confirmed volumes; bids come in with it, and all pages equal `jicai award`', async () => {
    const { people } = await world.apart();
    const page = await people.as('procurement_officer');
    await open(page, '/clock');
    await page.fill('#clock-target', beijing(bidding + MINUTE_MS).replace('T', ' '));
    await page.press('#clock-target', 'Enter');
    await page.click('form:has(#clock-target) button[type="submit"]');
    await page.waitForSelector('.notice.good');
    const files = await exported(page);
    const demand = [...files].find(([name]) => name.endsWith('demand.csv'))[1].trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
    assert.deepEqual(demand.map((row) => row[3]).sort(), UNITS.map(String).sort());
    assert.deepEqual([...new Set(demand.map((row) => row[2]))], ['黑龙江']);

    const folder = mkdtempSync(join(tmpdir(), `${ID}-`));
    folders.push(folder);
    for (const [name, text] of files) writeFileSync(join(folder, name.split('/').at(-1)), text);
    const from = join(ROOT, 'tests/data/rounds/GY-YD2019-2');
    for (const name of ['bids.csv', 'packs.csv']) {
      const lines = readFileSync(join(from, name), 'utf8').split('\n');
      writeFileSync(join(folder, name), `${lines.filter((line, index) => line && (index === 0 || Number(line.split(',')[0]) <= LOTS)).join('\n')}\n`);
    }
    cpSync(join(from, 'bidders.csv'), join(folder, 'bidders.csv'));
    await page.click('[data-test="replace-folder"]');
    await page.setInputFiles('.el-dialog:visible [data-test="folder"]', folder);
    await page.waitForSelector('.el-dialog:visible [data-test="preview"]');
    await page.click('.el-dialog:visible [data-test="accept"]');
    await page.waitForSelector('.el-dialog', { state: 'hidden' });
    await settled(page);

    const awarded = award(world.binary, ID, await exported(page));
    assert.ok(awarded.awards.some((bid) => bid.outcome === 'won'));
    const lots = await allRowsShown(page, `${AT}/lots`);
    assert.deepEqual(
      sorted(lots.rows.map((row) => [row.lot, row.name, row.bidders, row.winners, plain(row.percent)])),
      sorted(awarded.lots.map((row) => [row.lot, row.name, row.bidders, row.winners, row.percent])),
    );
    for (const { lot } of awarded.lots) {
      await open(page, `${AT}/lots/${lot}`);
      const bids = await rowsShown(page, '[data-test="bids"]');
      const facts = (bid) => ['rank', 'supplier_name', 'spec', 'price', 'unit_comparable_price', 'regions'].map((name) => plain(bid[name]));
      assert.deepEqual(sorted(bids.map(facts)), sorted(awarded.awards.filter((bid) => bid.lot === lot).map(facts)), lot);
    }
    const volumes = await allRowsShown(page, `${AT}/volumes`);
    assert.deepEqual(
      sorted(volumes.rows.map((row) => [row.lot, row.spec, row.region, plain(row.quantity)])),
      sorted(awarded.volumes.map((row) => [row.lot, row.spec, row.region, row.quantity])),
    );
    await open(page, AT);
    assert.match(await page.textContent('main'), new RegExp(awarded.certificate.digest));
    await page.close();
    for (const one of folders) rmSync(one, { recursive: true, force: true });
  });

  test('while the result is publicised a company objects, and the award is final only after the answer', async () => {
    const { people } = await world.apart();
    const officer = await people.as('procurement_officer');
    await open(officer, '/');
    const now = Date.parse((await api(officer, '/api/service')).clock.now);
    for (const [stage, time] of [['opening', 3], ['region_picking', 4], ['publicity', 5]]) {
      await ok(officer, '/deadlines', { stage, at: `${beijing(now + time * MINUTE_MS)}+08:00` }, 'PUT');
    }
    await passOn(officer, 'region_picking');
    await passOn(officer, 'publicity');
    const supplier = await people.as('supplier');
    await open(supplier, `${AT}/inquiries`);
    const text = '对品种 2 的中选顺位提出异议。';
    await supplier.click('[data-test="ask"]');
    await supplier.fill('.el-dialog:visible textarea', text);
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    await supplier.waitForSelector(`[data-test="inquiries"] li:has-text("${text}")`);
    await open(officer, `${AT}/setup`);
    const unmet = await officer.$$eval('[data-test="conditions"] li', (all) => all.filter((one) => one.textContent.includes('未满足')).map((one) => one.dataset.condition));
    assert.ok(unmet.includes('objections_answered'), JSON.stringify(unmet));
    await open(officer, `${AT}/inquiries`);
    await officer.click(`[data-test="inquiries"] li:has-text("${text}") [data-answer]`);
    await officer.fill('.el-dialog:visible textarea', '经复核，按第 9 条排序无误。');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await officer.waitForSelector(`[data-test="inquiries"] li:has-text("${text}") .answer`);
    await open(officer, `${AT}/setup`);
    assert.equal(await officer.locator('[data-condition="objections_answered"] .tag.good').count(), 1);
    for (const page of [officer, supplier]) await page.close();
  });
}
