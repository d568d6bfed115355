// node tests/browser/run.mjs JICAI [AREA...]: every area against one service; `faults` stops it, so it comes last.
import { after, before, describe } from 'node:test';
import { Outside } from './outside.mjs';
import { People } from './people.mjs';
import { Service, award, freePort } from './service.mjs';

const [binary, ...chosen] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node tests/browser/run.mjs JICAI [AREA...]');
  process.exit(64);
}
const AREAS = ['login', 'roles', 'round', 'lists', 'language', 'keyboard', 'links', 'setup', 'messages', 'administration', 'uploads', 'reporting', 'companies', 'catalogues', 'prices', 'channels', 'late', 'whole', 'axe', 'session', 'faults'];
for (const area of chosen) if (!AREAS.includes(area)) throw new Error(`no area ${area}; there are ${AREAS.join(', ')}`);

const world = {
  binary,
  award: (round) => {
    world.kept ??= new Map();
    if (!world.kept.has(round)) world.kept.set(round, award(binary, round));
    return world.kept.get(round);
  },
  /** A second service, whose clock may be moved and which sends to the outside; started when first asked for. */
  apart: async () => {
    if (!world.second) {
      const outside = await new Outside().open();
      const service = await new Service(binary, await freePort(), outside.options()).start();
      world.second = { service, outside, people: await People.arrive(service) };
    }
    return world.second;
  },
};

describe('browser', { concurrency: 1 }, async () => {
  before(async () => {
    world.service = await new Service(binary, await freePort()).start();
    world.people = await People.arrive(world.service);
  });
  after(async () => {
    await world.people?.leave();
    await world.service?.remove();
    await world.second?.people.leave();
    await world.second?.service.remove();
    await world.second?.outside.close();
  });
  for (const area of AREAS.filter((one) => !chosen.length || chosen.includes(one))) {
    const { checks } = await import(`./areas/${area}.mjs`);
    describe(area, { concurrency: 1 }, () => checks(world));
  }
});
