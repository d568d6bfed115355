// node run.mjs JICAI MAKE_DEMAND [ROWS] [RUNS]
// A synthetic national round, file to certificate with full validation and hashing, against DuckDB merely summing the same
// demand file by lot, spec and region: 2 threads, warm cache, its start-up excluded. Runs alternate; medians are compared.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';

const [jicai, makeDemand, rows = '2000000', runs = '7'] = process.argv.slice(2);
const folder = join(tmpdir(), `jicai-national-round-${process.pid}`);
mkdirSync(folder, { recursive: true });

function run(command, args) {
    const start = process.hrtime.bigint();
    const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    return { seconds, ...result };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
    for (const order of ['hospital', 'canonical', 'shuffled']) {
        const round = join(folder, order);
        const made = run(makeDemand, [round, rows, order]);
        if (made.status !== 0) throw new Error(made.stderr);
        const demand = join(round, 'demand.csv');
        readFileSync(demand);  // warm cache
        const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
        const connection = await instance.connect();
        const sum = `SELECT lot, spec, region, sum(quantity) FROM read_csv('${demand}', header = true,
            columns = {'lot': 'VARCHAR', 'spec': 'VARCHAR', 'region': 'VARCHAR', 'quantity': 'BIGINT',
                       'hospital': 'VARCHAR'}) GROUP BY ALL`;
        const ours = [];
        const theirs = [];
        let digest = '';
        for (let i = 0; i < Number(runs); ++i) {
            const out = join(folder, `${order}-out`);
            rmSync(out, { recursive: true, force: true });
            const award = run(jicai, ['award', round, '--out', out, '--lang', 'en']);
            if (award.status !== 0 && award.status !== 3) throw new Error(award.stderr.slice(0, 2000));
            ours.push(award.seconds);
            digest = JSON.parse(readFileSync(join(out, 'certificate.json'), 'utf8')).digest;
            const start = process.hrtime.bigint();
            const reader = await connection.runAndReadAll(sum);
            theirs.push(Number(process.hrtime.bigint() - start) / 1e9);
            if (reader.currentRowCount === 0) throw new Error('the peer summed nothing');
        }
        const bytes = statSync(demand).size;
        console.log(`national_round.${order}.bytes ${bytes}`);
        console.log(`national_round.${order}.jicai_award ${median(ours).toFixed(3)} s (min ${Math.min(...ours).toFixed(3)})`);
        console.log(`national_round.${order}.duckdb_sum ${median(theirs).toFixed(3)} s (min ${Math.min(...theirs).toFixed(3)})`);
        console.log(`national_round.${order}.ratio ${(median(ours) / median(theirs)).toFixed(2)} (below 1: faster than the peer's sum)`);
        console.log(`national_round.${order}.certificate ${digest}`);
    }
} finally {
    rmSync(folder, { recursive: true, force: true });
}
