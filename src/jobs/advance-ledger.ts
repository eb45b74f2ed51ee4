import type { FileDiff } from '../domain/diff.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport } from '../domain/report.ts';
import { advanceReview, pathsToRead } from '../life/advance-review.ts';
import type { Advanced } from '../life/entries.ts';
import { adoptThreads, markClosed, markSaid, type ThreadWords } from '../life/words-of-people.ts';
import { closeThreads } from '../report/close-threads.ts';
import type { FindingThread } from '../report/ports.ts';
import type { GitObjects } from '../review/ports.ts';
import type { RunSession } from './run-session.ts';

/** Takes the ledger to the head that `report` is about. */
export async function advanceToHead(
  report: ReviewReport,
  options: {
    readonly run: RunSession;
    readonly objects: GitObjects;
    readonly diff: readonly FileDiff[];
    readonly words: readonly ThreadWords[];
  },
  signal: AbortSignal,
): Promise<Advanced> {
  const { run, objects, diff, words } = options;
  const { headSha } = run.pull;
  const paths = pathsToRead(run.ledger.current(), report, diff);
  const removed = report.findings.flatMap(({ location }) =>
    location?.side === 'LEFT'
      ? [diff.find(({ path }) => path === location.path)?.oldPath ?? location.path]
      : [],
  );
  const [files, baseFiles] = await Promise.all([
    readTexts(objects, { commit: headSha, paths }, signal),
    readTexts(objects, { commit: report.base, paths: [...new Set(removed)] }, signal),
  ]);
  let advanced: Advanced | undefined;
  const ledger = await run.ledger.change((before) => {
    advanced = advanceReview(before, { report, diff, head: headSha, files, baseFiles });
    return adoptThreads(advanced.ledger, before, words);
  });
  return advanced === undefined ? { ledger, idOf: () => undefined, held: [] } : { ...advanced, ledger };
}

/** Texts of a commit by path; what it does not have is left out. */
export async function readTexts(
  objects: GitObjects,
  { commit, paths }: { readonly commit: string; readonly paths: readonly string[] },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const files = await objects.readFiles(commit, paths, signal);
  const decoder = new TextDecoder();
  return new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
}

/** Ids of the open findings of `report` that have not been said yet. */
export function unsaidIds(entries: readonly LedgerEntry[]): ReadonlySet<string> {
  return new Set(
    entries.filter(({ said, state }) => said === 'no' && state !== 'dismissed').map(({ id }) => id),
  );
}

/** Notes where the findings of a report were said; what is not in the diff is in the summary. */
export async function noteSaid(
  run: RunSession,
  { inline, all }: { readonly inline: readonly string[]; readonly all: readonly string[] },
): Promise<void> {
  await run.ledger.change((before) =>
    markSaid(markSaid(before, new Set(inline), 'inline'), new Set(all), 'summary'),
  );
}

/** Closes the threads of findings that are over. */
export async function closeOver(
  { ledger, installation, pull }: Pick<RunSession, 'ledger' | 'installation' | 'pull'>,
  threads: readonly FindingThread[],
  signal: AbortSignal,
): Promise<void> {
  const { entries } = ledger.current();
  const closed = await closeThreads(entries, threads, { publisher: installation, pull }, signal);
  if (closed.size > 0) await ledger.change((before) => markClosed(before, closed));
}
