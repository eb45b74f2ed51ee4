import { boundedMap } from '../lib/bounded-map.ts';
import type { AnalysisResult, Diagnostic } from '../review/ports.ts';
import type { Attempt } from './limits.ts';

/**
 * What one run of a tool over some files gave. `failed` is a crash or hang that any of the files may have caused,
 * `stopped` one at a file that is known: what came before it is in the result, what comes after it is `left`.
 */
export type BatchResult =
  | ({ readonly kind: 'analysed' } & AnalysisResult)
  | ({
      readonly kind: 'stopped';
      readonly at: string;
      readonly left: readonly string[];
      readonly why: string;
    } & AnalysisResult)
  | { readonly kind: 'failed'; readonly why: string };

/** How many files at most are named one by one as the cause, before a tool is taken to be at fault itself. */
const MAX_SUSPECTS = 8;
/** How many runs may fail on the way to them. */
const MAX_FAILURES = 40;
/** Parts of a batch that failed are run so many at a time: the good ones need not wait for the limit of the bad one. */
const PARALLEL = 2;
/** A batch of so few is divided into its files. */
const FEW = 8;

/**
 * Runs a tool over `paths` in batches; a batch that fails is divided until the files that cause it are found.
 *
 * Those are reported as not analysed, all others are analysed. Throws when every file of a batch of two or more fails
 * on its own: then it is the tool that does not work.
 */
export async function analyseInBatches(
  paths: readonly string[],
  batchSize: number,
  run: (batch: readonly string[], attempt: Attempt) => Promise<BatchResult>,
): Promise<AnalysisResult> {
  const diagnostics: Diagnostic[] = [];
  const notAnalysed: { readonly path: string; readonly reason: string }[] = [];
  let suspects = 0;
  let failures = 0;
  let analysed = 0;
  let lastReason = '';

  const giveUp = (batch: readonly string[], why: string): void => {
    suspects += 1;
    notAnalysed.push(...batch.map((path) => ({ path, reason: why })));
  };

  async function analyse(batch: readonly string[], attempt: Attempt): Promise<void> {
    const isEnough = suspects >= MAX_SUSPECTS || failures >= MAX_FAILURES;
    if (isEnough && attempt === 'retry') return giveUp(batch, lastReason);
    const result = await run(batch, attempt);
    if (result.kind !== 'analysed') {
      failures += 1;
      lastReason = result.why;
    }
    if (result.kind !== 'failed') {
      diagnostics.push(...result.diagnostics);
      notAnalysed.push(...result.notAnalysed);
    }
    if (result.kind === 'analysed') analysed += batch.length;
    else if (batch.length === 1) giveUp(batch, result.why);
    else if (suspects >= MAX_SUSPECTS) giveUp(result.kind === 'failed' ? batch : rest(result), result.why);
    else if (result.kind === 'failed') {
      await analyseParts(divide(batch));
    } else {
      analysed += batch.length - rest(result).length;
      // Alone: what was done before may have left too little memory for it.
      await analyse([result.at], 'retry');
      if (result.left.length > 0) await analyse(result.left, 'retry');
    }
  }

  /** Ends when all have ended, also when one rejects: their children are dead then. */
  async function analyseParts(parts: readonly (readonly string[])[]): Promise<void> {
    const errors: unknown[] = [];
    await boundedMap(parts, PARALLEL, (part) =>
      analyse(part, 'retry').catch((error: unknown) => void errors.push(error)),
    );
    if (errors.length > 0) throw errors[0];
  }

  for (let start = 0; start < paths.length; start += batchSize) {
    await analyse(paths.slice(start, start + batchSize), 'first');
  }
  if (analysed === 0 && paths.length > 1) {
    throw new Error(
      `failed on every one of ${paths.length} files: ${notAnalysed[0]?.reason ?? 'no reason known'}`,
    );
  }
  return { diagnostics, notAnalysed };
}

function rest({ at, left }: { readonly at: string; readonly left: readonly string[] }): readonly string[] {
  return [at, ...left];
}

/**
 * Into as many parts as each then has files. What fails does so at the end of its time, one part inside the other, so two
 * steps are better than many, though more good parts are run.
 */
function divide(batch: readonly string[]): readonly (readonly string[])[] {
  const size = batch.length <= FEW ? 1 : Math.ceil(Math.sqrt(batch.length));
  return Array.from({ length: Math.ceil(batch.length / size) }, (_, index) =>
    batch.slice(index * size, (index + 1) * size),
  );
}
