// node tests/browser/screenshots.mjs JICAI: docs/screenshots/*.png of the main pages of the demo.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexed } from './indexed_png.mjs';
import { PAGES } from './pages.mjs';
import { People, firmOf, open, settled } from './people.mjs';
import { roundFolder } from './round_folders.mjs';
import { ROOT, Service, freePort } from './service.mjs';

const binary = process.argv[2];
if (!binary) {
  console.error('usage: node tests/browser/screenshots.mjs JICAI');
  process.exit(64);
}
const MOST_BYTES = 200_000;
const SHOWN = ['login', 'home', 'rounds', 'round', 'lots', 'lot', 'volumes', 'supply', 'certificate', 'rulebook', 'differences', 'organisations', 'users', 'keys', 'audit', 'operations', 'messages', 'calendar', 'report', 'reporting', 'holidays'];
const folder = join(ROOT, 'docs/screenshots');
mkdirSync(folder, { recursive: true });

const service = await new Service(binary, await freePort()).start();
const people = await People.arrive(service);

async function shoot(page, name) {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300); // transitions
  const png = await indexed(page, await page.screenshot({ animations: 'disabled' }));
  writeFileSync(join(folder, `${name}.png`), png);
  const { size } = statSync(join(folder, `${name}.png`));
  console.log(`${name}.png ${size}`);
  if (size > MOST_BYTES) process.exitCode = 1;
}

try {
  for (const { name, address, role } of PAGES.filter((one) => SHOWN.includes(one.name))) {
    const page = role ? await people.as(role) : await people.visitor();
    await open(page, address);
    if (name === 'lot') await page.click('[data-test="bids"] button[aria-expanded="false"]');
    if (name === 'certificate') {
      await page.click('[data-test="recompute"]');
      await page.waitForSelector('[data-test="recomputed"]');
    }
    if (name === 'audit') {
      await page.click('[data-test="verify"]');
      await page.waitForSelector('[data-test="verified"]');
    }
    await shoot(page, name);
    await page.close();
  }
  const officer = await people.as('procurement_officer');
  await open(officer, '/rounds/new');
  await officer.setInputFiles('[data-test="folder"]', roundFolder('GY-YD2026-1'));
  await officer.click('[data-test="accept"]');
  await officer.waitForURL(/\/setup$/);
  for (const [part, name] of [['setup', 'setup'], ['setup/lots', 'setup-lots'], ['setup/rulebook', 'setup-rulebook']]) {
    await open(officer, `/rounds/GY-YD2026-1/${part}`);
    await shoot(officer, name);
  }
  const supplier = await people.as('supplier');
  await open(supplier, '/rounds/GY-YD2019-2/lots');
  const account = await people.account('supplier');
  await supplier.fill('form[role="search"] input', firmOf(account.organisation));
  await supplier.keyboard.press('Enter');
  await supplier.waitForURL(/text=/);
  await settled(supplier);
  await supplier.click('[data-test="table"] tbody a >> nth=0');
  await supplier.waitForSelector('[data-test="bids"] tr.own');
  await settled(supplier);
  await shoot(supplier, 'lot-supplier');
  await supplier.evaluate(() => localStorage.setItem('jicai.language', 'en'));
  await open(supplier, supplier.url());
  await shoot(supplier, 'lot-english');
} finally {
  await people.leave();
  await service.remove();
}
