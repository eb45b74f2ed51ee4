import type { AnalysisResult, Diagnostic } from '../review/ports.ts';

/** What one run of a tool over some files gave. `failed` is a crash or hang that any of the files may have caused. */
export type BatchResult =
  | ({ readonly kind: 'analysed' } & AnalysisResult)
  | { readonly kind: 'failed'; readonly why: string };

/** How many files at most are named one by one as the cause, before a tool is taken to be at fault itself. */
const MAX_SUSPECTS = 8;

/**
 * Runs a tool over `paths` in batches; a batch that fails is halved until the files that cause it are found.
 *
 * Those are reported as not analysed, all others are analysed. Throws when every file of a batch of two or more fails
 * on its own: then it is the tool that does not work.
 */
export async function analyseInBatches(
  paths: readonly string[],
  batchSize: number,
  run: (batch: readonly string[], isRetry: 'first' | 'retry') => Promise<BatchResult>,
): Promise<AnalysisResult> {
  const diagnostics: Diagnostic[] = [];
  const notAnalysed: { readonly path: string; readonly reason: string }[] = [];
  let suspects = 0;
  let analysed = 0;

  async function analyse(batch: readonly string[], attempt: 'first' | 'retry'): Promise<void> {
    const result = await run(batch, attempt);
    if (result.kind === 'analysed') {
      analysed += batch.length;
      diagnostics.push(...result.diagnostics);
      notAnalysed.push(...result.notAnalysed);
    } else if (batch.length === 1 || suspects >= MAX_SUSPECTS) {
      suspects += 1;
      notAnalysed.push(...batch.map((path) => ({ path, reason: result.why })));
    } else {
      const middle = Math.ceil(batch.length / 2);
      await analyse(batch.slice(0, middle), 'retry');
      await analyse(batch.slice(middle), 'retry');
    }
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
