import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../src/queue/queue.ts';
import { openDatabase } from '../src/storage/open-database.ts';
import { commandJob } from '../test/support/jobs.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { makeTemporaryFolder } from '../test/support/temporary-folder.ts';

// Measures the queue on the embedded database and on PostgreSQL, each in a process of its own, and compares them:
//   node bench/queue.ts [jobs]
// The figures of one run are comparable with each other; those of two machines, or of a busy one, are not.

interface Figures {
  readonly 'cold start, ms': number;
  readonly 'warm start, ms': number;
  readonly 'memory when ready, MB': number;
  readonly 'memory after the load, MB': number;
  readonly 'idle CPU, % of a core': number;
  readonly 'enqueue to start p50, ms': number;
  readonly 'enqueue to start p99, ms': number;
  readonly 'enqueue, 10 at a time, per s': number;
  readonly 'enqueued and done, per s': number;
}

const silent = (): void => {};
const logger = { debug: silent, info: silent, warn: console.warn, error: console.error };
const IDLE_MS = 5000;

async function open(dataDir: string, databaseUrl: string | undefined) {
  const startedAt = performance.now();
  const database = await openDatabase({
    dataDir,
    logger,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  const queue = await createQueue(database, { concurrency: 2, logger });
  return { database, queue, ms: performance.now() - startedAt };
}

async function measure(dataDir: string, databaseUrl: string | undefined, jobs: number): Promise<Figures> {
  const cold = await open(dataDir, databaseUrl);
  await cold.database.close();
  const { database, queue, ms } = await open(dataDir, databaseUrl);
  const readyMemory = process.memoryUsage.rss();
  let started: (id: number) => void = silent;
  await queue.start(async (job) => started(job.kind === 'command' ? job.commentId : 0));

  const latencies: number[] = [];
  for (let index = 0; index < jobs; index += 1) {
    const ended = new Promise<number>((resolve) => {
      started = () => resolve(performance.now());
    });
    const enqueuedAt = performance.now();
    await queue.enqueue(commandJob(), `one ${index}`);
    latencies.push((await ended) - enqueuedAt);
  }
  latencies.sort((a, b) => a - b);

  let done = 0;
  const all = Promise.withResolvers<void>();
  started = () => {
    done += 1;
    if (done === jobs) all.resolve();
  };
  const loadedAt = performance.now();
  let next = 0;
  const enqueueSome = async (): Promise<void> => {
    while (next < jobs) {
      next += 1;
      await queue.enqueue(commandJob(), `many ${next}`);
    }
  };
  await Promise.all(Array.from({ length: 10 }, enqueueSome));
  const enqueuedMs = performance.now() - loadedAt;
  await all.promise;
  const doneMs = performance.now() - loadedAt;

  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idle = process.cpuUsage(before);
  const figures = {
    'cold start, ms': cold.ms,
    'warm start, ms': ms,
    'memory when ready, MB': readyMemory / 1e6,
    'memory after the load, MB': process.memoryUsage.rss() / 1e6,
    'idle CPU, % of a core': (idle.user + idle.system) / 10 / IDLE_MS,
    'enqueue to start p50, ms': latencies[Math.floor(jobs * 0.5)] ?? Number.NaN,
    'enqueue to start p99, ms': latencies[Math.floor(jobs * 0.99)] ?? Number.NaN,
    'enqueue, 10 at a time, per s': (jobs / enqueuedMs) * 1000,
    'enqueued and done, per s': (jobs / doneMs) * 1000,
  };
  await queue.stop(0);
  await database.close();
  return figures;
}

/** Runs `measure` in a process of its own, so that memory and CPU are of one kind of database only. */
async function measureInChild(
  dataDir: string,
  databaseUrl: string | undefined,
  jobs: number,
): Promise<Figures> {
  const args = [fileURLToPath(import.meta.url), 'measure', String(jobs), dataDir, databaseUrl ?? ''];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`the measurement ended with code ${child.exitCode}`);
  // The child is this file, and prints what `measure` returns.
  return JSON.parse(output) as Figures;
}

async function compare(jobs: number): Promise<void> {
  const folder = makeTemporaryFolder();
  const postgres = await startPostgres();
  try {
    const embedded = await measureInChild(folder.path, undefined, jobs);
    const server =
      'skip' in postgres ? undefined : await measureInChild('', await postgres.createDatabase(), jobs);
    const rows = Object.entries(embedded).map(([name, figure]) => {
      const other = server?.[name as keyof Figures];
      return [
        name,
        {
          embedded: round(figure),
          ...(other === undefined ? {} : { PostgreSQL: round(other), ratio: round(figure / other) }),
        },
      ];
    });
    console.log(`${jobs} jobs on each; the memory and CPU of the PostgreSQL server itself are not counted`);
    console.table(Object.fromEntries(rows));
  } finally {
    if (!('skip' in postgres)) await postgres.stop();
    folder.remove();
  }
}

function round(figure: number): number {
  return Number(figure.toPrecision(3));
}

const [mode = '500', jobs = '', dataDir = '', databaseUrl = ''] = process.argv.slice(2);
if (mode === 'measure') {
  const url = databaseUrl === '' ? undefined : databaseUrl;
  process.stdout.write(JSON.stringify(await measure(dataDir, url, Number(jobs))));
} else {
  await compare(Number(mode));
}
