// The real program with a database of its own, in demo mode, and the files `jicai award` writes.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const START_SECONDS = 120;
const UNDECIDED = 3; // exit code of `jicai award` when lots wait for a decision

export function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export class Service {
  constructor(binary, port, options = []) {
    this.binary = binary;
    this.options = options;
    this.port = port;
    this.base = `http://127.0.0.1:${port}`;
    // Short: the database's socket lies below it.
    this.folder = mkdtempSync(join(tmpdir(), 'jicai-b-'));
    // MariaDB clears its temporary folder when it starts; tests side by side need one each.
    mkdirSync(join(this.folder, 'tmp'));
    this.said = '';
  }

  async start() {
    this.process = spawn(
      this.binary,
      ['serve', '--demo', '--data-dir', join(this.folder, 'data'), '--listen', `127.0.0.1:${this.port}`, '--requests-per-minute', '1000000', '--logins-per-minute', '1000000', ...this.options],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: join(this.folder, 'tmp') } },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (bytes) => { this.said = (this.said + bytes).slice(-20_000); });
    }
    const ended = new Promise((done) => { this.process.once('exit', done); });
    this.ended = ended;
    const until = Date.now() + START_SECONDS * 1000;
    while (Date.now() < until) {
      if (this.process.exitCode !== null) throw new Error(`the service ended at once:\n${this.said}`);
      try {
        const answer = await fetch(`${this.base}/readyz`);
        if (answer.ok) return this;
      } catch {
        // not listening yet
      }
      await new Promise((done) => setTimeout(done, 150));
    }
    throw new Error(`the service is not ready after ${START_SECONDS} s:\n${this.said}`);
  }

  async stop() {
    if (!this.process || this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await this.ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async get(path) {
    const answer = await fetch(this.base + path);
    return answer.json();
  }
}

/** Rows of the tables that `jicai award` writes for a bundled round, or for the files of a folder. */
export function award(binary, round, files) {
  const out = mkdtempSync(join(tmpdir(), 'jicai-award-'));
  try {
    const folder = files ? join(out, round) : join(ROOT, 'tests/data/rounds', round);
    if (files) mkdirSync(folder);
    for (const [name, text] of files ?? []) writeFileSync(join(folder, basename(name)), text);
    try {
      execFileSync(binary, ['award', folder, '--out', join(out, 'files')], { stdio: 'ignore' });
    } catch (error) {
      if (error.status !== UNDECIDED) throw error;
    }
    const table = (name) => rowsOf(readFileSync(join(out, 'files', `${name}.csv`), 'utf8'));
    return {
      awards: table('awards'), lots: table('lots_decided'), volumes: table('volumes'),
      packs: table('packs_priced'), regionCounts: table('region_counts'),
      certificate: JSON.parse(readFileSync(join(out, 'files', 'certificate.json'), 'utf8')),
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function rowsOf(text) {
  const lines = text.replace(/\r/g, '').trim().split('\n').map(cellsOf);
  const head = lines.shift();
  return lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
}

function cellsOf(line) {
  const cells = [];
  for (const [, quoted, plain] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
  }
  cells.pop(); // the empty match at the end
  return cells;
}
