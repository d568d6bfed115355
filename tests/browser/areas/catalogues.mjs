// Products, hospitals and holidays by form: made and changed, a fault at its field, two who edit at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';
import { api } from '../volumes.mjs';

const PRODUCT = 'XA06ADF999P001998805816';
const HOSPITAL = 'H23010398765';
const YEAR = '2027'; // nobody has told it yet

export function checks(world) {
  const input = (name) => `.el-dialog:visible input[name="${name}"]`;
  const submit = (page) => page.click('.el-dialog:visible [data-test="submit"]');
  const closed = (page) => page.waitForSelector('.el-dialog', { state: 'hidden' }).then(() => settled(page));
  const faultAt = async (page, name) => {
    const fault = page.locator(`.el-dialog:visible .field:has(input[name="${name}"]) .fault`);
    await fault.first().waitFor();
    assert.equal(await page.getAttribute(input(name), 'aria-invalid'), 'true', name);
    return fault.first().textContent();
  };
  /** Opens the form of the record that `code` finds. */
  const edit = async (page, list, code) => {
    await open(page, `/${list}?text=${code}`);
    await page.click('[data-test="table"] tbody button:has-text("修改"), [data-test="table"] tbody button:has-text("编辑")');
    await page.waitForSelector(input('name'));
  };

  test('a product: faults at their fields, mended without typing again, changed, found by its initials', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/products');
    await page.click('[data-test="create"]');
    const facts = { code: PRODUCT, name: '阿司匹林肠溶片', spec: '100mg', form: '肠溶片', pack_units: '0', supplier: '演示药业', price: '1,5' };
    for (const [name, value] of Object.entries(facts)) await page.fill(input(name), value);
    await submit(page);
    assert.match(await faultAt(page, 'pack_units'), /0/);
    assert.match(await faultAt(page, 'price'), /1,5/);
    assert.equal(await page.inputValue(input('name')), facts.name);
    await page.fill(input('pack_units'), '30');
    await page.fill(input('price'), '1.50');
    await submit(page);
    await closed(page);
    await open(page, '/products?text=asplcrp');
    assert.ok((await rowsShown(page)).some((row) => row.code.replace(/\s/g, '') === PRODUCT));

    await page.click('[data-test="create"]');
    for (const [name, value] of Object.entries({ ...facts, pack_units: '30', price: '', name: '另一产品' })) await page.fill(input(name), value);
    await submit(page);
    await faultAt(page, 'code');
    assert.equal(await page.locator('[data-test="overtaken"]').count(), 0, 'a code that is taken is mended here, not read again');
    assert.equal(await page.inputValue(input('name')), '另一产品');
    await page.keyboard.press('Escape');

    await edit(page, 'products', PRODUCT);
    assert.equal(await page.locator(input('code')).isDisabled(), true);
    await page.fill(input('spec'), '25mg');
    await submit(page);
    await closed(page);
    assert.equal((await api(page, `/api/products/${PRODUCT}`)).spec, '25mg');
    await page.close();
  });

  test('two officers change one product: the slower reads the newest and keeps what it typed', async () => {
    const first = await world.people.as('procurement_officer');
    const second = await world.people.asLogin('officer2');
    await edit(first, 'products', PRODUCT);
    await edit(second, 'products', PRODUCT);
    await first.fill(input('form'), '肠溶片（铝塑）');
    await first.fill(input('supplier'), '甲药业');
    await submit(first);
    await closed(first);
    await second.fill(input('supplier'), '乙药业');
    await second.fill(input('price'), '2.45');
    await submit(second);
    await second.waitForSelector('[data-test="overtaken"]');
    await second.click('[data-test="read-again"]');
    await second.waitForSelector('[data-test="joined"]');
    assert.match(await second.textContent('[data-test="joined"]'), /甲药业.*乙药业/s);
    assert.deepEqual([await second.inputValue(input('form')), await second.inputValue(input('supplier')), await second.inputValue(input('price'))], ['肠溶片（铝塑）', '乙药业', '2.45']);
    await submit(second);
    await closed(second);
    const kept = await api(first, `/api/products/${PRODUCT}`);
    assert.deepEqual([kept.form, kept.supplier, kept.price], ['肠溶片（铝塑）', '乙药业', '2.45']);
    for (const page of [first, second]) await page.close();
  });

  test('a hospital: a code that is none at its field; made, changed, closed', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/hospitals');
    await page.click('[data-test="create"]');
    await page.fill(input('code'), 'H2301');
    await page.fill(input('name'), '南岗测试医院（演示）');
    await page.click('.el-dialog:visible .field:has(:text-is("地区")) .el-select');
    await page.keyboard.type('230103');
    await page.click('.el-select-dropdown:visible .el-select-dropdown__item:has-text("230103")');
    await submit(page);
    assert.match(await faultAt(page, 'code'), /H2301/);
    await page.fill(input('code'), HOSPITAL);
    await submit(page);
    await closed(page);
    await edit(page, 'hospitals', HOSPITAL);
    await page.fill(input('name'), '南岗测试医院新院区（演示）');
    await page.click('.el-dialog:visible .el-select:has([aria-label="参加方式"]) .el-select__wrapper');
    await page.click('.el-select-dropdown:visible .el-select-dropdown__item:has-text("自愿")');
    await page.click('.el-dialog:visible .el-checkbox');
    await submit(page);
    await closed(page);
    const kept = await api(page, `/api/hospitals/${HOSPITAL}`);
    assert.deepEqual([kept.name, kept.duty, kept.active], ['南岗测试医院新院区（演示）', 'voluntary', false]);
    await page.close();
  });

  test('holidays of a new year: a fault at its cell; two at once; deadlines count by it, and it is taken away again', async () => {
    const first = await world.people.as('procurement_officer');
    const at = `/holidays?year=${YEAR}`;
    const place = (sheet, row, column) => `section:has(h2:text-is("${sheet}")) [data-at="${row}/${column}"]`;
    await open(first, at);
    await first.click('[data-test="edit-holidays"]');
    const fill = async (page, sheet, row, cells) => {
      if (await page.locator(place(sheet, row, 0)).count() === 0) await page.click(`section:has(h2:text-is("${sheet}")) [data-test="add-row"]`);
      for (const [column, value] of cells.entries()) if (value !== undefined) await page.fill(place(sheet, row, column), value);
    };
    const [notices, days] = await first.$$eval('main section h2', (all) => all.map((one) => one.textContent.trim()));
    await fill(first, notices, 0, ['国办发明电〔2026〕9号', '国务院办公厅关于2027年部分节假日安排的通知', '2026-11-10']);
    await fill(first, days, 0, ['元旦', '', '2027-01-01', '2027-02-30', '']);
    await first.selectOption(place(days, 0, 5), '国办发明电〔2026〕9号');
    await first.click('[data-test="save-holidays"]');
    await first.waitForSelector(`td.wrong ${place(days, 0, 3).slice(place(days, 0, 3).indexOf('[data-at'))}`);
    assert.match(await first.textContent('td.wrong .fault'), /2027-02-30/);
    await first.fill(place(days, 0, 3), '2027-01-03');
    await first.click('[data-test="save-holidays"]');
    await first.waitForSelector('[data-test="holidays"]');
    assert.match(await first.textContent('[data-test="holidays"]'), /元旦/);

    const second = await world.people.asLogin('officer2');
    await open(second, at);
    await second.click('[data-test="edit-holidays"]');
    await open(first, at);
    await first.click('[data-test="edit-holidays"]');
    await first.fill(place(days, 0, 3), '2027-01-02');
    await first.click('[data-test="save-holidays"]');
    await first.waitForSelector('[data-test="holidays"]');
    await fill(second, days, 0, [undefined, "New Year's Day"]);
    await second.click('[data-test="save-holidays"]');
    await second.waitForSelector('[data-test="conflict"]');
    assert.match(await second.textContent('[data-test="conflict"]'), /2027-01-02/);
    await second.click('[data-test="take-theirs"]');
    assert.equal(await second.inputValue(place(days, 0, 3)), '2027-01-02');
    await second.click('[data-test="restore-holidays"]');
    await second.waitForFunction(() => !document.querySelector('[data-test="save-holidays"]'));
    assert.equal((await api(second, `/api/holidays?year=${YEAR}`)).known, false);
    for (const page of [first, second]) await page.close();
  });
}
