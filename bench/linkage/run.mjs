// node run.mjs LINKAGE_BENCH [OBSERVATIONS] [PRODUCTS] [RUNS]
// A full linkage campaign (exclusions, smallest units, reference, decision) against DuckDB's plain min(price) of each product on the
// same observations: both from memory, 2 threads, loading excluded, one after the other in one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';

const [bench, observations = '10000000', products = '1000000', runs = '9'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'jicai-linkage-'));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
    const csv = join(folder, 'prices.csv');
    const ours = spawnSync(bench, [observations, products, runs, csv], { encoding: 'utf8' });
    if (ours.status !== 0) throw new Error(ours.stderr);
    process.stdout.write(ours.stdout);
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE prices AS SELECT product::INTEGER AS product, price::BIGINT AS price FROM read_csv('${csv}', header = true)`);
    const queries = {
        // What stays inside DuckDB: one row leaves it.
        minimum: 'SELECT sum(least) FROM (SELECT min(price) AS least FROM prices GROUP BY product)',
        minimum_kept: 'CREATE OR REPLACE TABLE lowest AS SELECT product, min(price) AS least FROM prices GROUP BY product',
    };
    for (const [name, query] of Object.entries(queries)) {
        const seconds = [];
        for (let i = 0; i < Number(runs); ++i) {
            const start = process.hrtime.bigint();
            await connection.runAndReadAll(query);
            seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
        }
        console.log(`linkage.duckdb_${name} ${(1000 * median(seconds)).toFixed(1)} ms (min ${(1000 * Math.min(...seconds)).toFixed(1)})`);
    }
} finally {
    rmSync(folder, { recursive: true, force: true });
}
