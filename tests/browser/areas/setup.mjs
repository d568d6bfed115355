// A round set up by two officers from a folder to the notice; a correction after questions; two who edit at once.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { open, settled } from '../people.mjs';
import { violations } from './axe.mjs';
import { pdf, roundFolder } from '../round_folders.mjs';

const ID = 'YL-2026-1';
const AT = `/rounds/${ID}`;

async function saved(page) {
  await page.waitForFunction(() => !document.querySelector('.el-dialog') || [...document.querySelectorAll('.el-overlay')].every((one) => one.style.display === 'none'));
  await settled(page);
}
/** Takes the round on and says what the service answered: empty when it went. */
async function passOn(page, to, reason) {
  await open(page, `${AT}/setup`);
  await page.click(`[data-test="pass-${to}"]`);
  await page.fill('.el-dialog:visible textarea[name="reason"]', reason);
  await page.click('.el-dialog:visible [data-test="submit"]');
  const refused = await Promise.race([
    page.waitForSelector('.el-dialog:visible [data-test="problem"]').then((box) => box.textContent()),
    page.waitForSelector('.notice.good').then(() => ''),
  ]);
  if (refused) await page.keyboard.press('Escape');
  return refused;
}
async function sign(page) {
  await open(page, `${AT}/setup/rulebook`);
  await page.click('[data-test="sign"]');
  await page.click('.el-dialog:visible [data-test="submit"]');
}
const signers = (page) => page.$$eval('[data-test="signatures"] tbody tr', (rows) => rows.map((row) => row.textContent));

export function checks(world) {
  const folders = [];
  const folderOf = (...how) => {
    folders.push(roundFolder(...how));
    return folders[folders.length - 1];
  };

  test('a folder with faults is shown with all of them and nothing is kept', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/rounds');
    await page.click('[data-test="create"]');
    await page.waitForURL(/\/rounds\/new/);
    const bad = folderOf(ID, {
      'lots.csv': (text) => text.replace(/,100,general\n/, ',"1,000",general\n'),
      'specs.csv': (text) => text.replace(',250,', ',0.25g,'),
    });
    await page.setInputFiles('[data-test="folder"]', bad);
    await page.waitForSelector('[data-test="faults"]');
    const faults = await page.$$eval('[data-test="faults"] tbody tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const has = (file, row, column, value) => faults.some((one) => one[0] === file && one[1] === row && one[2] === column && one[3] === value && one[4].length > 5);
    assert.ok(has('lots.csv', '2', 'quantity_step', '1,000'), JSON.stringify(faults));
    assert.ok(has('specs.csv', '2', 'content_mg', '0.25g'), JSON.stringify(faults));
    assert.equal(await page.locator('[data-test="accept"]').count(), 0);
    assert.equal((await page.evaluate(async (id) => (await fetch(`/api/rounds/${id}`)).status, ID)), 404);
    await page.close();
  });

  test('the mended folder becomes a draft', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/rounds/new');
    await page.setInputFiles('[data-test="folder"]', folderOf(ID));
    await page.waitForSelector('[data-test="accept"]');
    assert.match(await page.textContent('[data-test="preview"]'), /品种 3 个/);
    await page.click('[data-test="accept"]');
    await page.waitForURL(new RegExp(`${AT}/setup$`));
    await settled(page);
    assert.match(await page.textContent('h1'), new RegExp(ID));
    await open(page, `${AT}/setup/lots`);
    assert.equal(await page.locator('[data-test="lots"] tbody tr').count(), 3);
    await page.close();
  });

  test('the notice is refused, and each missing thing is named', async () => {
    const page = await world.people.as('procurement_officer');
    const said = await passOn(page, 'notice', '发布公告');
    for (const what of [/签署/, /假定/, /审查/]) assert.match(said, what);
    const unmet = await page.$$eval('[data-test="conditions"] li', (all) => all.filter((one) => one.textContent.includes('未满足')).map((one) => one.dataset.condition));
    assert.deepEqual(unmet, ['notice_dated', 'tender_document_attached', 'reviews_attached', 'weak_values_accepted', 'signed_by_two']);
    await page.close();
  });

  test('one officer cannot be both pairs of eyes', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, `${AT}/setup/rulebook`);
    await page.check('[data-test="choose-all"]');
    await page.click('[data-test="accept-values"]');
    await page.waitForFunction(() => document.querySelector('[data-test="weak-values"] header .tag')?.classList.contains('good'));
    await sign(page);
    await saved(page);
    assert.equal((await signers(page)).length, 1);
    await sign(page);
    const box = await page.waitForSelector('.el-dialog:visible [data-test="problem"]');
    assert.match(await box.textContent(), /另一|不同|两名|已签/);
    await page.keyboard.press('Escape');
    await open(page, `${AT}/setup/rulebook`);
    assert.equal((await signers(page)).length, 1);
    assert.match(await page.textContent('[data-test="signatures"]'), /还缺 1 人/);
    await page.close();
  });

  test('a deadline by working days skips the weekend', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, `${AT}/setup`);
    await page.click('[data-test="deadlines"] [data-stage="notice"] button');
    await page.fill('.el-dialog:visible input[name="time"]', '25:00');
    assert.match(await page.textContent('.el-dialog:visible [data-test="time-wrong"]'), /“25:00”不是一天中的时刻/);
    assert.equal(await page.locator('.el-dialog:visible [data-test="submit"]').isDisabled(), true);
    await page.fill('.el-dialog:visible input[name="time"]', '17:00');
    const from = page.locator('.el-dialog:visible .el-date-editor input');
    await from.fill('2026-12-10'); // a Thursday
    await from.press('Enter');
    const days = page.locator('.el-dialog:visible .el-input-number input');
    await days.fill('200');
    await days.press('Tab');
    await page.waitForSelector('.el-dialog:visible [data-test="problem"]:has-text("没有 2027 年的节假日安排")');
    await days.fill('3');
    await days.press('Tab');
    await page.waitForSelector('.el-dialog:visible [data-test="result"]:has-text("2026-12-15 17:00:00（周二，北京时间）")');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await page.waitForFunction(() => document.querySelector('[data-test="deadlines"] [data-stage="notice"]')?.textContent.includes('2026-12-15 17:00:00'));
    await page.close();
  });

  test('reviews attached, a second officer signs, the notice goes out', async () => {
    const page = await world.people.asLogin('officer2');
    await open(page, `${AT}/setup/documents`);
    for (const kind of ['tender_document', 'fair_competition_review', 'legal_review']) {
      await page.setInputFiles(`[data-kind="${kind}"] [data-test="file"]`, pdf(`${kind}.pdf`));
      assert.match(await page.textContent('.el-dialog:visible'), /不能再更换/);
      await page.click('.el-dialog:visible [data-test="submit"]');
      await page.waitForSelector(`[data-kind="${kind}"] li`);
    }
    // A wrong file is replaced, after a question, while the round is a draft.
    await saved(page);
    await page.setInputFiles('[data-kind="legal_review"] [data-test="file"]', pdf('不要.pdf'));
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[data-kind="legal_review"] li').count(), 1);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('[data-kind="legal_review"] [data-test="replace"]')]);
    await chooser.setFiles(pdf('合法性审查.pdf'));
    assert.match(await page.textContent('.el-dialog:visible'), /替换“legal_review.pdf”/);
    await page.click('.el-dialog:visible [data-test="submit"]');
    await page.waitForSelector('[data-kind="legal_review"] li:has-text("合法性审查.pdf")');
    assert.equal(await page.locator('[data-kind="legal_review"] li').count(), 1);
    await sign(page);
    await saved(page);
    assert.equal((await signers(page)).filter((row) => row.includes('有效')).length, 2);
    assert.equal(await passOn(page, 'notice', '条件已齐备，发布公告'), '');
    await page.waitForFunction(() => document.querySelector('.head .tag')?.textContent.includes('公告'));
    await open(page, `${AT}/events`);
    assert.match(await page.textContent('[data-test="table"]'), /条件已齐备，发布公告/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      open(page, `${AT}/setup`).then(() => page.click('main button:has-text(".zip")')),
    ]);
    assert.equal(download.suggestedFilename(), `${ID}.zip`);
    await page.close();
  });

  test('a question leads to a correction, which is signed and confirmed anew', async () => {
    const supplier = await world.people.as('supplier');
    await open(supplier, `${AT}/inquiries`);
    await supplier.click('[data-test="ask"]');
    await supplier.fill('.el-dialog:visible textarea', '品种 2 的最高有效申报价是否含税？');
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    await supplier.waitForSelector('[data-test="inquiries"] li');

    const officer = await world.people.as('procurement_officer');
    assert.match(await passOn(officer, 'volume_reporting', '开始报量'), /疑问|答复/);
    await open(officer, `${AT}/inquiries`);
    await officer.click('[data-test="inquiries"] li [data-answer]');
    await officer.fill('.el-dialog:visible textarea', '含税，见更正。');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await officer.waitForSelector('[data-test="inquiries"] .answer');

    await officer.click('[data-test="correct"]');
    await officer.fill('.el-dialog:visible textarea[name="summary"]', '适用规则改为第一批扩围文件。');
    await officer.click('.el-dialog:visible .el-select__wrapper');
    await officer.click('.el-select-dropdown__item:visible:has-text("gy-yd2019-1") >> nth=0');
    await officer.click('.el-dialog:visible [data-test="submit"]');
    await officer.waitForSelector('[data-correction="1"]');
    assert.match(await officer.textContent('[data-correction="1"]'), /未确认/);
    assert.match(await passOn(officer, 'volume_reporting', '开始报量'), /更正|确认|签署/);

    await open(supplier, `${AT}/inquiries`);
    await supplier.click('[data-confirm="1"]');
    await supplier.click('.el-dialog:visible [data-test="submit"]');
    await supplier.waitForFunction(() => !document.querySelector('[data-confirm="1"]'));
    assert.match(await supplier.textContent('[data-correction="1"]'), /已确认/);
    await supplier.close();

    await open(officer, `${AT}/setup/rulebook`);
    assert.match(await officer.textContent('[data-test="signatures"]'), /已失效/);
    await officer.close();
  });

  test('the pages of the set-up in both languages: accessible, none too wide for a phone', async () => {
    const page = await world.people.as('procurement_officer');
    for (const language of ['en', 'zh']) {
      await open(page, '/rounds');
      await page.evaluate((wanted) => localStorage.setItem('jicai.language', wanted), language);
      for (const part of ['setup', 'setup/lots', 'setup/rulebook', 'setup/documents', 'inquiries', 'commitments', 'events']) {
        await open(page, `${AT}/${part}`);
        assert.equal(await page.locator('[data-test="problem"]').count(), 0, part);
        assert.deepEqual(await violations(page), [], `${part} in ${language}`);
        await page.setViewportSize({ width: 390, height: 800 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${part} is ${wider} px too wide`);
        await page.setViewportSize({ width: 1440, height: 900 });
      }
    }
    await page.close();
  });

  test('two officers edit the same lots: the second is shown both states and loses nothing', async () => {
    const first = await world.people.as('procurement_officer');
    const second = await world.people.asLogin('officer2');
    const other = 'YL-2026-2';
    await open(first, '/rounds/new');
    await first.setInputFiles('[data-test="folder"]', folderOf(other));
    await first.click('[data-test="accept"]');
    await first.waitForURL(/\/setup$/);
    const lots = `/rounds/${other}/setup/lots`;
    await open(first, lots);
    await open(second, lots);
    await first.fill('[data-test="lots"] [data-at="0/1"]', '阿比特龙片');
    await first.click('[data-test="save-lots"]');
    await first.waitForSelector('.notice.good');

    // A block of Excel goes in from the cell on; the fourth line makes a row.
    await second.focus('[data-test="lots"] [data-at="2/1"]');
    await second.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '阿卡波糖片\t一般\t普通片\t1,000\n阿莫西林胶囊\t一般\t硬胶囊\t100\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await second.locator('[data-test="lots"] tbody tr').count(), 4);
    assert.equal(await second.inputValue('[data-test="lots"] [data-at="2/4"]'), '1000');
    await second.fill('[data-test="lots"] [data-at="3/0"]', '4');
    await second.click('[data-test="specs"] [data-test="add-row"]');
    await second.selectOption('[data-test="specs"] tbody tr:last-child select', '4');
    await second.keyboard.press('Tab');
    await second.keyboard.type('0.25g');
    await second.keyboard.press('Tab');
    await second.keyboard.type('250');
    await second.click('[data-test="save-lots"]');
    await second.waitForSelector('[data-test="conflict"]');
    const said = await second.textContent('[data-test="conflict"]');
    assert.match(said, /没有丢失/);
    assert.match(said, /阿比特龙片/);
    assert.equal(await second.inputValue('[data-test="lots"] [data-at="2/1"]'), '阿卡波糖片');
    await second.fill('[data-test="lots"] [data-at="0/1"]', '阿比特龙片');
    await second.click('[data-test="save-lots"]');
    await second.waitForSelector('[data-test="keep-mine"]');
    await second.click('[data-test="keep-mine"]');
    await second.waitForSelector('.notice.good');
    await open(first, lots);
    assert.equal(await first.inputValue('[data-test="lots"] [data-at="3/1"]'), '阿莫西林胶囊');
    assert.equal(await first.inputValue('[data-test="lots"] [data-at="0/1"]'), '阿比特龙片');

    await first.fill('[data-test="lots"] [data-at="1/4"]', '0');
    await first.click('[data-test="save-lots"]');
    await first.waitForSelector('[data-test="lots"] td.wrong [data-at="1/4"]');
    await first.close();
    await second.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}
