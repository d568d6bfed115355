import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firmOf, open } from '../people.mjs';

const EVERYONE = ['首页', '消息中心', '办理日历', '采购轮次', '规则文件'];
const LISTED = ['挂网目录', '备案采购', '提价申请', '价差补偿'];
const PUBLIC = '公开价格查询';
const CATALOGUES = ['医疗机构', '产品目录', '行政区划', '节假日'];
const MENUS = {
  procurement_officer: [...EVERYONE, '价格监测', ...LISTED, '采购价核对', PUBLIC, ...CATALOGUES, '批量导入', '机构', '演示时钟'],
  supplier: [...EVERYONE, '价格监测', ...LISTED, '采购价核对', PUBLIC, ...CATALOGUES, '机构', '接口密钥'],
  hospital_reporter: [...EVERYONE, '价格监测', ...LISTED, '采购价核对', PUBLIC, ...CATALOGUES, '批量导入', '机构'],
  bureau_province: [...EVERYONE, '价格监测', '存疑价格核实', ...LISTED, '采购价核对', PUBLIC, ...CATALOGUES, '批量导入', '机构', '接口密钥'],
  system_administrator: [...EVERYONE, PUBLIC, ...CATALOGUES, '批量导入', '机构', '人员账号', '运行状况', '演示时钟'],
  security_administrator: [...EVERYONE, PUBLIC, '机构', '人员账号', '在线会话', '接口密钥'],
  audit_administrator: [...EVERYONE, PUBLIC, '机构', '人员账号', '审计日志'],
};
const menuOf = (page) => page.$$eval('nav.menu a', (links) => links.map((link) => link.textContent.trim()));

export function checks(world) {
  for (const [role, wanted] of Object.entries(MENUS)) {
    test(`the menu of ${role}`, async () => {
      const page = await world.people.as(role);
      await open(page, '/');
      assert.deepEqual(await menuOf(page), wanted);
      await page.close();
    });
  }

  test('the public sees published rounds and rulebooks, and no bids', async () => {
    const page = await world.people.visitor();
    await open(page, '/rounds');
    assert.deepEqual(await menuOf(page), ['采购轮次', '规则文件', '公开价格查询']);
    await open(page, '/rounds/GY-YD2019-2/lots');
    assert.equal(await page.locator('[data-test="table"] tbody a').count(), 0, 'no way to the bids of a lot');
    await page.goto('/audit');
    await page.waitForURL(/\/login\?back=/);
    await page.context().close();
  });

  test('a page one may not see says so, with what to do next', async () => {
    const page = await world.people.as('hospital_reporter');
    await page.goto('/audit');
    await page.waitForSelector('[data-test="problem"]');
    assert.match(await page.textContent('[data-test="problem"]'), /权限|不能|无权/);
    assert.equal(await page.locator('[data-test="table"]').count(), 0);
    await page.close();
  });

  test('a supplier finds the own bid marked and its reasons open, an officer does not', async () => {
    const mine = async (role) => {
      const page = await world.people.as(role);
      const found = [];
      for (const lot of ownLots) {
        await open(page, `/rounds/GY-YD2019-2/lots/${lot}`);
        found.push(await page.locator('[data-test="bids"] tr.own td[data-column]').count());
      }
      await page.close();
      return found.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
    };
    const supplier = await world.people.account('supplier');
    const { awards } = world.award('GY-YD2019-2');
    const firm = firmOf(supplier.organisation);
    const ownLots = [...new Set(awards.filter((row) => row.supplier_name === firm || row.supplier === firm).map((row) => row.lot))].slice(0, 2);
    assert.ok(ownLots.length > 0, `the demo's supplier ${supplier.organisation} takes part in the demo's round`);
    assert.equal(await mine('supplier'), ownLots.length);
    assert.equal(await mine('procurement_officer'), 0);
  });
}
