import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VerifyReport, verifyReportSchema } from '../../src/domain/report.ts';
import type { WitnessOutcome } from '../verify/outcome.ts';
import { runCli } from '../verify/run-subject.ts';
import { runWitnesses } from '../verify/run-witnesses.ts';
import { applyFault } from './apply-fault.ts';
import type { Databases } from './databases.ts';
import type { Fault } from './faults.ts';
import { layOutShop } from './lay-out-shop.ts';
import { startShop } from './start-shop.ts';

/** What both sides are made from. */
export interface Stock {
  readonly installed: string;
  readonly media: string;
  readonly databases: Databases;
  /** The database that each side gets a copy of. */
  readonly seeded: string;
}

export interface CompareOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly runsWitnesses: boolean;
  /** Where pictures, tests and the report are kept; absent: thrown away. */
  readonly keep?: string;
}

/** What came of one comparison. */
export type Compared =
  | {
      readonly kind: 'reported';
      readonly report: VerifyReport;
      readonly witnesses?: readonly WitnessOutcome[];
      readonly seconds: number;
    }
  | { readonly kind: 'crashed'; readonly why: string; readonly seconds: number };

/**
 * Starts a base and a head afresh, the head with `fault` when there is one, and runs the command line on them with an
 * empty configuration. `seconds` of the result leave out the start of the shops. Throws when the shops do not start or
 * the fault does not fit.
 */
export async function compareShops(
  stock: Stock,
  fault: Fault | undefined,
  options: CompareOptions,
): Promise<Compared> {
  const cleanUp: (() => Promise<void>)[] = [];
  try {
    const start = async (with_?: Fault): Promise<string> => {
      const database = await stock.databases.copy(stock.seeded);
      cleanUp.push(() => stock.databases.drop(database));
      const copy = await layOutShop(stock.installed, stock.media);
      cleanUp.push(() => copy.remove());
      if (with_ !== undefined) await applyFault(with_, copy.folder, database);
      const shop = await startShop(copy.folder, database);
      cleanUp.push(() => shop.stop());
      return shop.url;
    };
    const base = await start();
    const head = await start(fault);
    const out = options.keep ?? (await mkdtemp(join(tmpdir(), 'firsthand-apps-')));
    await mkdir(out, { recursive: true });
    if (options.keep === undefined)
      cleanUp.push(() => rm(out, { recursive: true, force: true, maxRetries: 3 }));
    return await compare({ base, head, out }, options);
  } finally {
    for (const one of cleanUp.toReversed()) await one();
  }
}

async function compare(
  run: { readonly base: string; readonly head: string; readonly out: string },
  options: CompareOptions,
): Promise<Compared> {
  const startedAt = performance.now();
  const file = join(run.out, 'report.json');
  const complaint = await runCli({ ...run, file }, options);
  const seconds = (performance.now() - startedAt) / 1000;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'crashed', why: complaint, seconds };
  const report = verifyReportSchema.parse(JSON.parse(text));
  if (!options.runsWitnesses) return { kind: 'reported', report, seconds };
  return { kind: 'reported', report, witnesses: await runWitnesses(run.out, run), seconds };
}
