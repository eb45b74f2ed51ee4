import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, homedir, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../src/domain/errors.ts';
import { compareShops, type Stock } from './apps/compare-shops.ts';
import { openDatabases } from './apps/databases.ts';
import { FAULTS, type Fault } from './apps/faults.ts';
import { installShop, SHOP_PACKAGE, SHOP_VERSION } from './apps/install-shop.ts';
import { describeJudged, isGoalReached, type Judged, judge } from './apps/judge.ts';
import { layOutShop } from './apps/lay-out-shop.ts';
import { endAllGroups } from './apps/run-program.ts';
import { drawPictures, seedShop } from './apps/seed-shop.ts';

const usage = `Tries the verification on a real shop (${SHOP_PACKAGE} ${SHOP_VERSION}, PostgreSQL): the shop against itself, which is to
give no finding, then against itself with one planted fault at a time, of which four of five are to be found.

  npm run test:apps -- [options]

  --only ID,ID…     only these: ${['same', ...FAULTS.map(({ id }) => id)].join(', ')}
  --seconds N       what the engine may spend on one comparison (default: 180)
  --seed N          default: 1
  --witnesses       run the tests that the findings come with, on base and on head
  --cache DIR       where the shop is installed and built, once (default: firsthand/apps in the user's cache)
  --keep DIR        keep reports, pictures and tests below DIR

Exit codes: 0 the goal is reached, 1 it is not, 2 the shop could not be tried.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '180' },
    seed: { type: 'string', default: '1' },
    witnesses: { type: 'boolean', default: false },
    cache: { type: 'string' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UserError(`--${name} is a whole number from 1 on, not ${text}`);
}

/** What is to be compared: `undefined` is the shop against itself. */
function chooseCases(): readonly (Fault | undefined)[] {
  const only = values.only?.split(',');
  const unknown = only?.filter((id) => id !== 'same' && !FAULTS.some((fault) => fault.id === id)) ?? [];
  if (unknown.length > 0) throw new UserError(`--only: there is no ${unknown.join(', ')}`);
  return [undefined, ...FAULTS].filter((fault) => only?.includes(fault?.id ?? 'same') ?? true);
}

function cacheFolder(): string {
  const below = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return resolve(values.cache ?? join(below, 'firsthand/apps'), `evershop-${SHOP_VERSION}`);
}

function tell(what: string): void {
  process.stderr.write(`${what} …\n`);
}

/** Installs, builds and fills the shop, and hands it to `work`; cleans up after it. */
async function withStock<T>(work: (stock: Stock) => Promise<T>): Promise<T> {
  const installed = cacheFolder();
  const media = await mkdtemp(join(tmpdir(), 'firsthand-media-'));
  const cleanUp: (() => Promise<void>)[] = [() => rm(media, { recursive: true, force: true })];
  try {
    const databases = await openDatabases();
    cleanUp.push(() => databases.close());
    await mkdir(installed, { recursive: true });
    await installShop(installed, tell);
    tell('filling the shop');
    await drawPictures(media);
    const copy = await layOutShop(installed, media);
    cleanUp.push(() => copy.remove());
    const seeded = await seedShop(copy.folder, databases);
    return await work({ installed, media, databases, seeded });
  } finally {
    for (const one of cleanUp.toReversed()) await one();
  }
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const cases = chooseCases();
  const options = {
    seconds: whole('seconds', values.seconds),
    seed: whole('seed', values.seed),
    runsWitnesses: values.witnesses,
  };
  return withStock(async (stock) => {
    const judged: Judged[] = [];
    for (const fault of cases) {
      stopped.signal.throwIfAborted();
      const keep = values.keep === undefined ? {} : { keep: resolve(values.keep, fault?.id ?? 'same') };
      const one = judge(fault, await compareShops(stock, fault, { ...options, ...keep }));
      judged.push(one);
      process.stdout.write(`${describeJudged(one)}\n`);
    }
    const isReached = isGoalReached(judged);
    const load = (loadavg()[0] ?? 0) / availableParallelism();
    process.stdout.write(
      `\n${isReached ? 'the goal is reached' : 'the goal is not reached'}; load for each core ${load.toFixed(1)}\n`,
    );
    return isReached ? 0 : 1;
  });
}

/** What was started ends, whoever waits for it fails, and the cleaning up is done on the way out. */
const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    stopped.abort(new UserError(`stopped by ${name}`));
    endAllGroups();
  });
}

try {
  process.exitCode = await main();
} catch (failure) {
  process.exitCode = 2;
  const error: unknown = stopped.signal.aborted ? stopped.signal.reason : failure;
  const why =
    error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`test:apps: the shop could not be tried: ${why}\n`);
}
