// The pages of the real rounds against the files that `jicai award` writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allRowsShown, open, plain, rowsShown } from '../people.mjs';
import { award } from '../service.mjs';
import { partsOf } from '../workbook.mjs';

const ROUNDS = ['GY-YD2019-1', 'GY-YD2019-2'];
const TABLES = ['awards', 'lots', 'volumes', 'packs', 'regionCounts'];
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

export function checks(world) {
  for (const round of ROUNDS) {
    test(`${round}: the folder exported on its page, awarded by \`jicai award\`, gives what the pages are compared with`, async () => {
      const page = await world.people.as('procurement_officer');
      await open(page, `/rounds/${round}`);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('main button:has-text(".zip")')]);
      assert.equal(download.suggestedFilename(), `${round}.zip`);
      const exported = award(world.binary, round, partsOf(readFileSync(await download.path())));
      const bundled = world.award(round);
      assert.equal(exported.certificate.digest, bundled.certificate.digest);
      for (const table of TABLES) {
        assert.ok(bundled[table].length > 0, table);
        assert.deepEqual(exported[table], bundled[table], table);
      }
      await page.close();
    });

    test(`${round}: the overview counts what was decided`, async () => {
      const { lots, awards, certificate } = world.award(round);
      const page = await world.people.as('procurement_officer');
      await open(page, `/rounds/${round}`);
      const figures = await page.$$eval('dl.figures > div', (all) => Object.fromEntries(all.map((one) => [one.querySelector('dt').textContent, one.querySelector('dd').textContent])));
      assert.equal(figures['品种'], String(lots.length));
      assert.equal(figures['已决定'], String(lots.filter((lot) => lot.status === 'decided').length));
      assert.equal(figures['流标'], String(lots.filter((lot) => lot.status === 'failed').length));
      assert.equal(figures['中选'], String(awards.filter((bid) => bid.outcome === 'won').length));
      assert.match(await page.textContent('main'), new RegExp(certificate.digest));
      await page.close();
    });

    test(`${round}: the list of lots`, async () => {
      const { lots } = world.award(round);
      const page = await world.people.as('procurement_officer');
      const { rows, total } = await allRowsShown(page, `/rounds/${round}/lots`);
      assert.equal(total, lots.length);
      const shown = rows.map((row) => ({ lot: row.lot, name: row.name, bidders: row.bidders, winners: row.winners, percent: plain(row.percent) }));
      const wanted = lots.map((lot) => ({ lot: lot.lot, name: lot.name, bidders: lot.bidders, winners: lot.winners, percent: lot.percent }));
      assert.deepEqual(sorted(shown), sorted(wanted));
      await page.close();
    });

    test(`${round}: all bids of the first and the last lot, with reasons`, async () => {
      const { lots, awards } = world.award(round);
      const page = await world.people.as('procurement_officer');
      for (const lot of [lots[0].lot, lots.at(-1).lot]) {
        await open(page, `/rounds/${round}/lots/${lot}`);
        const wanted = awards.filter((bid) => bid.lot === lot);
        const shown = await rowsShown(page, '[data-test="bids"]');
        const facts = (name) => ['rank', 'supplier_name', 'spec', 'price', 'unit_price', 'unit_comparable_price', 'regions'].map(name);
        assert.deepEqual(
          sorted(shown.map((bid) => facts((one) => plain(bid[one])))),
          sorted(wanted.map((bid) => facts((one) => bid[one]))),
        );
        await page.click('[data-test="bids"] button[aria-expanded="false"]');
        const steps = await page.locator('[data-test="bids"] .steps li').count();
        assert.ok(steps > 0, 'a bid has reasons');
        const described = await page.getAttribute('[data-test="chart"]', 'aria-label');
        for (const bid of wanted.filter((one) => one.unit_comparable_price && one.outcome === 'won')) assert.ok(described.includes(bid.unit_comparable_price), described);
      }
      await page.close();
    });

    test(`${round}: agreed volumes`, async () => {
      const { volumes } = world.award(round);
      const page = await world.people.as('procurement_officer');
      const lot = volumes[0].lot;
      const { rows, total } = await allRowsShown(page, `/rounds/${round}/volumes?lot=${lot}`);
      const wanted = volumes.filter((row) => row.lot === lot);
      assert.equal(total, wanted.length);
      assert.deepEqual(
        sorted(rows.map((row) => [row.lot, row.spec, row.region, plain(row.quantity)])),
        sorted(wanted.map((row) => [row.lot, row.spec, row.region, row.quantity])),
      );
      await open(page, `/rounds/${round}/volumes`);
      assert.match(await page.textContent('[data-test="total"]'), new RegExp(`\\b${volumes.length}\\b`));
      await page.close();
    });

    test(`${round}: the supply list`, async () => {
      const { packs } = world.award(round);
      const page = await world.people.as('procurement_officer');
      const { rows, total } = await allRowsShown(page, `/rounds/${round}/supply`);
      assert.equal(total, packs.length);
      assert.deepEqual(
        sorted(rows.map((row) => [row.lot, row.spec, plain(row.pack_units), plain(row.pack_price)])),
        sorted(packs.map((row) => [row.lot, row.spec, row.pack_units, row.pack_price])),
      );
      await page.close();
    });
  }

  test('the certificate can be recomputed on its page', async () => {
    const page = await world.people.as('supplier');
    await open(page, '/rounds/GY-YD2019-2/certificate');
    await page.click('[data-test="recompute"]');
    await page.waitForSelector('[data-test="recomputed"].same', { timeout: 60_000 });
    assert.match(await page.textContent('[data-test="recomputed"]'), new RegExp(world.award('GY-YD2019-2').certificate.digest));
    await page.close();
  });

  test('rulebooks can be read and compared', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/rulebooks/gy-yd2019-2');
    assert.ok((await page.locator('section.panel h2').count()) > 10, 'its stages');
    await page.click('.others .el-select__wrapper');
    await page.click('.el-select-dropdown__item:visible >> nth=0');
    await page.waitForURL(/\/differences\//);
    await page.waitForSelector('[data-test="table"] tbody tr');
    await page.close();
  });
}
