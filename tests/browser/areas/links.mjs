// Every link of to-dos, calendar and notices leads to a page with content, whoever follows it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../people.mjs';
import { ROUND, api } from '../volumes.mjs';

const ROLES = ['hospital_reporter', 'hospital_approver', 'pharmacy', 'bureau_county', 'bureau_city', 'bureau_province', 'procurement_officer', 'supplier'];

/** Where the service sends a person: what each link is of, by address. */
async function linksOf(page) {
  const found = new Map();
  const add = (link, where) => link && !found.has(link) && found.set(link, where);
  const home = await api(page, '/api/home');
  for (const todo of home.todos) add(todo.link, `to-do ${todo.text}`);
  for (const entry of home.deadlines) add(entry.link, `deadline ${entry.what_text ?? entry.what}`);
  const calendar = await api(page, '/api/reporting-calendar');
  assert.ok(calendar.length > 0, 'the demo has deadlines');
  for (const entry of calendar) add(entry.link, `calendar ${entry.at}`);
  for (const row of (await api(page, '/api/notices?state=all&size=100')).rows) {
    add(`/messages/${row.id}`, `notice ${row.id}`);
    add((await api(page, `/api/notices/${row.id}`)).link, `link of notice ${row.id}`);
  }
  return found;
}

export function checks(world) {
  test('the overview of a round says when its running stage ends', async () => {
    const page = await world.people.as('hospital_reporter');
    await open(page, `/rounds/${ROUND}`);
    const running = (await api(page, `/api/rounds/${ROUND}`)).stage;
    const due = (await api(page, '/api/reporting-calendar')).find((one) => one.round === ROUND && one.what === running);
    const shown = await page.textContent('[data-test="stage-deadline"]');
    assert.ok(shown.includes(due.at.slice(0, 10)) && shown.includes(due.at.slice(11, 16)), `${shown} of ${due.at}`);
    await page.close();
  });

  for (const role of ROLES) {
    test(`every link of ${role}`, async () => {
      const page = await world.people.as(role);
      await open(page, '/');
      const links = await linksOf(page);
      assert.ok([...links.values()].some((where) => where.startsWith('to-do')), 'the demo gives something to do');
      await open(page, '/no-such-page');
      const nowhere = await page.textContent('h1');
      const failed = [];
      page.on('response', (answer) => answer.status() >= 400 && failed.push(`${answer.status()} ${answer.url()}`));
      for (const [link, where] of links) {
        failed.length = 0;
        await open(page, link);
        const content = (await page.textContent('#content')).trim();
        assert.notEqual(await page.textContent('h1'), nowhere, `${where} leads to ${link}, which is no page`);
        assert.equal(await page.locator('[data-test="problem"]').count(), 0, `${where} leads to ${link}: ${content.slice(0, 200)}`);
        assert.deepEqual(failed, [], `${where} leads to ${link}`);
        assert.ok(content.length > 20, `${where} leads to ${link}: an empty page`);
      }
      await page.close();
    });
  }
}
