import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyReportSchema } from '../../src/domain/report.ts';
import { copyApp } from './apply-variant.ts';
import { crashedOutcome, type Outcome, type Subject, scoreReport } from './outcome.ts';
import { runWitnesses } from './run-witnesses.ts';
import { startApp } from './start-app.ts';

export interface RunOptions {
  /** What the engine may spend, as `--seconds`. */
  readonly seconds: number;
  readonly seed: number;
  /** As `--actions`; absent: the default of the command line. */
  readonly actions?: number;
  readonly runsWitnesses: boolean;
  /** Where the run's pictures and tests are kept; absent: thrown away. */
  readonly keep?: string;
}

/** Beyond the seconds of driving: start, comparison of what was seen, shrinking, pictures. */
const GRACE_MS = 120_000;

/**
 * Starts base and head afresh, runs the command line on them with an empty configuration, and scores what it reports.
 * Never throws: whatever goes wrong costs this subject only.
 */
export async function runSubject(subject: Subject, options: RunOptions): Promise<Outcome> {
  const startedAt = performance.now();
  const cleanUp: (() => Promise<void>)[] = [];
  try {
    const out = options.keep ?? (await mkdtemp(join(tmpdir(), 'firsthand-eval-')));
    if (options.keep === undefined)
      cleanUp.push(() => rm(out, { recursive: true, force: true, maxRetries: 3 }));
    const start = async (variant?: Subject['variant']): Promise<string> => {
      const copy = await copyApp(subject.app, variant);
      cleanUp.push(() => copy.remove());
      const app = await startApp(subject.app, copy.folder);
      cleanUp.push(() => app.stop());
      return app.url;
    };
    const base = await start();
    const head = await start(subject.variant);
    const file = join(out, 'report.json');
    const complaint = await runCli({ base, head, out, file }, options);
    const seconds = (performance.now() - startedAt) / 1000;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return crashedOutcome(subject, complaint, seconds);
    const outcome = scoreReport(subject, verifyReportSchema.parse(JSON.parse(text)), seconds);
    if (!options.runsWitnesses) return outcome;
    return { ...outcome, witnesses: await runWitnesses(out, { base, head }) };
  } catch (error) {
    return crashedOutcome(subject, String(error).slice(0, 500), (performance.now() - startedAt) / 1000);
  } finally {
    for (const one of cleanUp.toReversed()) await one();
  }
}

/** Runs `firsthand verify` in a process of its own; returns the end of what it said on standard error. */
export async function runCli(
  run: { readonly base: string; readonly head: string; readonly out: string; readonly file: string },
  options: RunOptions,
): Promise<string> {
  const args = ['--base', run.base, '--head', run.head, '--out', run.out, '--output', run.file];
  args.push('--format', 'json', '--seconds', String(options.seconds), '--seed', String(options.seed));
  if (options.actions !== undefined) args.push('--actions', String(options.actions));
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'cli.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-4_000);
  });
  const limit = setTimeout(
    () => {
      said += '\nended by the evaluation: it took too long';
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    },
    options.seconds * 1000 + GRACE_MS,
  );
  await once(child, 'exit');
  clearTimeout(limit);
  return said.trim().split('\n').slice(-6).join('\n');
}
