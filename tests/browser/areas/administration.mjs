import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, rowsShown, settled } from '../people.mjs';

const SCRIPT = '<img src=x onerror="window.__ran=1"><script>window.__ran=2</script>';

async function choose(page, label, option) {
  await page.click(`.el-dialog:visible .field:has(:text-is("${label}")) .el-select`);
  await page.click(`.el-select-dropdown:visible .el-select-dropdown__item:has-text("${option}")`);
}
const organisationOf = (page, kind) => page.evaluate(async (wanted) => {
  const answer = await fetch(`/api/organisations?kind=${wanted}`);
  return (await answer.json()).rows[0].name;
}, kind);
const notRun = async (page) => assert.equal(await page.evaluate(() => window.__ran), undefined, 'stored script ran');

export function checks(world) {
  let login;
  let password;

  test('an organisation whose name is a script is shown as text, and its code is doubted', async () => {
    const page = await world.people.as('system_administrator');
    await open(page, '/organisations');
    await page.click('[data-test="create"]');
    await page.fill('.el-dialog input[name="code"]', '91110000000000000A');
    await page.fill('.el-dialog input[name="name"]', SCRIPT);
    await choose(page, '类型', '医疗机构');
    await choose(page, '地区', '黑龙江');
    await page.click('.el-dialog [data-test="submit"]');
    await page.waitForSelector('.warnings li');
    await page.click('.el-dialog:has(.warnings) [data-test="submit"]');
    await page.waitForSelector('.warnings', { state: 'detached' });
    await open(page, `/organisations?text=${encodeURIComponent('onerror')}`);
    const rows = await rowsShown(page);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].name, SCRIPT);
    await notRun(page);
    await page.close();
  });

  test('a person is made with a password shown once, which has to be changed', async () => {
    const page = await world.people.as('system_administrator');
    await open(page, '/users');
    login = `new.${Date.now().toString(36)}`;
    await page.click('[data-test="create"]');
    await page.fill('.el-dialog input[name="new-login"]', login);
    await page.fill('.el-dialog input[name="name"]', SCRIPT);
    await choose(page, '机构', await organisationOf(page, 'bureau'));
    await page.click('.el-dialog [data-test="submit"]');
    password = (await page.textContent('[data-test="secret"] code')).trim();
    assert.ok(password.length >= 8);
    await page.click('[data-test="secret-close"]');
    await open(page, `/users?text=${login}`);
    assert.equal((await rowsShown(page))[0].name, SCRIPT);
    assert.doesNotMatch(await page.content(), new RegExp(password.replace(/[^\w]/g, '\\$&')));
    await notRun(page);
    await page.close();

    const visitor = await world.people.visitor();
    await visitor.goto('/login');
    await visitor.fill('#login', login);
    await visitor.fill('#password', password);
    await visitor.click('#log-in');
    await visitor.waitForSelector('[data-test="duty"]');
    await visitor.goto('/rounds');
    await visitor.waitForSelector('[data-test="duty"]');
    await visitor.fill('#old-password', password);
    await visitor.fill('#new-password', 'short');
    await visitor.fill('#new-again', 'short');
    await visitor.click('form:has(#old-password) button[type="submit"]');
    await visitor.waitForSelector('[data-test="problem"]');
    await visitor.fill('#new-password', 'Fresh-word-2026');
    await visitor.fill('#new-again', 'Fresh-word-2026');
    await visitor.click('form:has(#old-password) button[type="submit"]');
    await visitor.waitForURL((url) => url.pathname === '/');
    await notRun(visitor);
    await visitor.context().close();
  });

  test('roles are granted by the security administrator; incompatible ones are refused in words', async () => {
    const page = await world.people.as('security_administrator');
    await open(page, `/users?text=${login}`);
    await page.click('button:has-text("角色")');
    for (const role of ['系统管理员', '审计管理员']) await page.click(`.el-dialog:visible .el-checkbox:has-text("${role}")`);
    await page.click('.el-dialog [data-test="submit"]');
    await page.waitForSelector('.el-dialog [data-test="problem"]');
    await page.click('.el-dialog:visible .el-checkbox:has-text("审计管理员")');
    await page.click('.el-dialog:visible .el-checkbox:has-text("系统管理员")');
    await page.click('.el-dialog:visible .el-checkbox:has-text("价格监测人员")');
    await page.click('.el-dialog [data-test="submit"]');
    await page.waitForSelector('.el-dialog', { state: 'hidden' });
    await page.waitForFunction(() => document.querySelector('[data-column="roles_text"]')?.textContent.includes('价格监测'));
    await page.close();
  });

  test('somebody who was quicker is told apart from a mistake, and the record can be read again', async () => {
    const page = await world.people.as('system_administrator');
    await open(page, `/users?text=${login}`);
    await page.click('[data-test="table"] button:has-text("修改")');
    await page.evaluate(async (wanted) => {
      const session = await (await fetch('/api/session')).json();
      const row = (await (await fetch(`/api/users?text=${wanted}`)).json()).rows[0];
      await fetch(`/api/users/${row.id}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf, 'Idempotency-Key': 'quicker-than-the-page' },
        body: JSON.stringify({ name: '改名甲', organisation: row.organisation, active: true, version: row.version }),
      });
    }, login);
    await page.fill('.el-dialog input[name="name"]', '改名乙');
    await page.click('.el-dialog [data-test="submit"]');
    await page.click('.conflict button');
    await page.waitForFunction(() => document.querySelector('.el-dialog input[name="name"]').value === '改名甲');
    await page.fill('.el-dialog input[name="name"]', '改名丙');
    await page.click('.el-dialog [data-test="submit"]');
    await page.waitForSelector('.el-dialog', { state: 'hidden' });
    await page.waitForFunction(() => document.querySelector('[data-column="name"]')?.textContent.trim() === '改名丙');
    await page.close();
  });

  test('a key is shown once, works, is rotated and revoked', async () => {
    const page = await world.people.as('security_administrator');
    await open(page, '/keys');
    await page.click('[data-test="create"]');
    await page.fill('.el-dialog input[name="key-name"]', '浏览器试验');
    await choose(page, '机构', await organisationOf(page, 'supplier'));
    await page.click('.el-dialog:visible .el-checkbox:has-text("查看规则文件")');
    await choose(page, '角色', '申报企业');
    await page.keyboard.press('Escape'); // the list, not the dialog
    await page.click('.el-dialog [data-test="submit"]');
    const secret = (await page.textContent('[data-test="secret"] code')).trim();
    assert.match(secret, /^jk_\d+_/);
    const asked = await fetch(`${world.service.base}/api/rulebooks`, { headers: { Authorization: `Bearer ${secret}` } });
    assert.equal(asked.status, 200);
    await page.click('[data-test="secret-close"]');
    await settled(page);
    assert.ok(!(await page.content()).includes(secret));
    await page.click('tr:has-text("浏览器试验") button:has-text("轮换")');
    await page.click('.el-dialog:visible [data-test="submit"]');
    const renewed = (await page.textContent('[data-test="secret"] code')).trim();
    assert.notEqual(renewed, secret);
    await page.click('[data-test="secret-close"]');
    await page.click('tr:has-text("浏览器试验") >> nth=0 >> button:has-text("吊销")');
    await page.click('.el-dialog:visible [data-test="submit"]');
    await page.waitForSelector('.el-dialog:visible', { state: 'hidden' });
    await page.close();
  });

  test('the audit log shows what changed, and is whole', async () => {
    const page = await world.people.as('audit_administrator');
    await open(page, '/audit');
    await page.click('[data-test="verify"]');
    await page.waitForSelector('[data-test="verified"].good');
    await open(page, `/audit?size=30`);
    const shown = (await rowsShown(page)).length;
    assert.ok(shown > 5);
    await page.click('[data-test="table"] tbody tr:has-text("修改") button >> nth=0');
    await page.waitForSelector('.el-dialog:visible .facts');
    await notRun(page);
    await page.close();
  });

  test('the clock runs faster', async () => {
    const page = await world.people.as('procurement_officer');
    await open(page, '/clock');
    await page.click('[data-tab="60"]');
    await page.waitForFunction(() => document.querySelector('[data-tab="60"]').getAttribute('aria-pressed') === 'true');
    const before = await page.textContent('[data-test="clock"]');
    await page.waitForFunction((old) => document.querySelector('[data-test="clock"]').textContent.slice(0, 16) !== old.slice(0, 16), before);
    await page.click('[data-tab="1"]');
    await page.waitForFunction(() => document.querySelector('[data-tab="1"]').getAttribute('aria-pressed') === 'true');
    await page.close();
  });
}
