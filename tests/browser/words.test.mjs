// Every text exists in both languages with the same places for values, is used, and none is missing.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '../../web/ui/src');
const files = readdirSync(join(source, 'words')).filter((name) => name.endsWith('.json'));
const tables = files.map((name) => JSON.parse(readFileSync(join(source, 'words', name), 'utf8')));
const words = Object.assign({}, ...tables);
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1]).sort();

function texts(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return texts(path);
    return /\.(vue|ts)$/.test(entry.name) ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
}
const sources = texts(source);

test('a key stands in one file only', () => {
  const total = tables.reduce((sum, table) => sum + Object.keys(table).length, 0);
  assert.equal(total, Object.keys(words).length);
  assert.ok(total > 200, 'the tables were read');
});

test('both languages, same places', () => {
  for (const [key, pair] of Object.entries(words)) {
    assert.equal(pair.length, 2, key);
    const [zh, en] = pair;
    assert.ok(zh.trim() && en.trim(), `${key} is empty in a language`);
    assert.deepEqual(places(zh), places(en), key);
    if (key !== 'shell.other_language') assert.ok(!/[\u4e00-\u9fff]/.test(en), `${key}: Chinese in the English text`);
  }
});

test('every key is used, every used key exists', () => {
  const all = sources.map((one) => one.text).join('\n');
  const built = ['role.', 'scope.', 'kind.', 'table.', 'operations.', 'round_kind.', 'lot_state.', 'institution.', 'duty.', 'level.', 'product_kind.', 'source.', 'observation_state.', 'review_state.', 'policy.', 'listing_kind.', 'listing_state.', 'listing_act.', 'rise_cause.', 'paper_state.', 'evidence.', 'way.ask_', 'way.do_']; // put together from the service's words
  for (const key of Object.keys(words)) {
    const known = all.includes(`'${key}'`) || all.includes(`"${key}"`) || built.some((area) => key.startsWith(area));
    // `${act.text}_ask`
    assert.ok(known || (key.endsWith('_ask') && all.includes(`'${key.slice(0, -4)}'`)), `${key} is not used`);
  }
  for (const { path, text } of sources) {
    for (const [, key] of text.matchAll(/\bt\('([a-z_]+\.[a-z_0-9]+)'/g)) {
      assert.ok(key in words, `${path}: ${key} is missing`);
    }
  }
});

test('no text for people outside the tables', () => {
  for (const { path, text } of sources) {
    const template = path.endsWith('.vue') ? text : '';
    const shown = template.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '');
    assert.ok(!/[\u4e00-\u9fff]/.test(shown.replace(/、/g, '')), `${path}: Chinese in the template`);
  }
});

test('files stay short', () => {
  for (const { path, text } of sources) assert.ok(text.split('\n').length < 400, path);
});
