// Round folders as an officer has them on the disk: the first lots of a bundled round under an id of their own.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './service.mjs';

const LOTS = 3;

/** `files` maps a file's name to a function from its text to another. */
export function roundFolder(id, files = {}) {
  const from = join(ROOT, 'tests/data/rounds/GY-YD2019-2');
  const folder = mkdtempSync(join(tmpdir(), `${id}-`));
  for (const name of ['round.toml', 'lots.csv', 'specs.csv']) cpSync(join(from, name), join(folder, name));
  const change = (name, how) => writeFileSync(join(folder, name), how(readFileSync(join(folder, name), 'utf8')));
  change('round.toml', (text) => text.replace('GY-YD2019-2', id).replace('2020-01-17', '2099-06-30').replace(/^title.*$/m, `title = "演练采购 ${id}"`));
  for (const name of ['lots.csv', 'specs.csv']) {
    change(name, (text) => text.split('\n').filter((line, index) => index === 0 || Number(line.split(',')[0]) <= LOTS && line !== '').join('\n').concat('\n'));
  }
  for (const [name, how] of Object.entries(files)) change(name, how);
  return folder;
}

/** The smallest document that is one by its first bytes. */
export function pdf(name) {
  const body = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(body) };
}
