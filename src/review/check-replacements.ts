import type { Change, ChangedFile } from './collect-change.ts';
import { readContext } from './context-files.ts';
import { placeInDiff } from './place.ts';
import type { Analyser, Diagnostic } from './ports.ts';
import type { ReviewPorts } from './request.ts';
import { type Analysis, filesFor, needsContext, runAnalyser } from './run-analyser.ts';

interface Circumstances {
  readonly ports: ReviewPorts;
  readonly head: string;
}

/** A diagnostic that offers text for its lines. */
type Offer = Diagnostic & { readonly replacement: string };

/**
 * Takes back the replacements after which a file no longer type checks as it did: all of a file's are applied to a copy
 * of it, over which the type checker runs. A tool that offers one has accepted it itself, but most do not know types.
 *
 * Those in files that no type checker reads stay as they are.
 */
export async function checkReplacements(
  analyses: readonly Analysis[],
  change: Change,
  circumstances: Circumstances,
  signal: AbortSignal,
): Promise<readonly Analysis[]> {
  const checkers = circumstances.ports.analysers.filter(({ judgesDependents }) => judgesDependents === true);
  const names = new Set(checkers.map(({ name }) => name));
  const offers = Map.groupBy(
    analyses.filter(({ analyser }) => !names.has(analyser)).flatMap((one) => offersOf(one, change)),
    ({ path }) => path,
  );
  const worse = new Set<string>();
  for (const checker of checkers) {
    const files = filesFor(
      checker,
      change.files.filter(({ path }) => offers.has(path)),
    );
    if (files.length === 0) continue;
    for (const path of await findWorse(checker, { files, offers, change }, circumstances, signal))
      worse.add(path);
  }
  if (worse.size === 0) return analyses;
  const refused = new Set<Diagnostic>([...worse].flatMap((path) => offers.get(path) ?? []));
  return analyses.map((one) => ({
    ...one,
    diagnostics: one.diagnostics.map((diagnostic) =>
      refused.has(diagnostic) ? withoutReplacement(diagnostic) : diagnostic,
    ),
  }));
}

/** What can come to be shown; of what the base does not keep to either, nothing does. */
function offersOf({ diagnostics, brokenOnBase }: Analysis, { lines }: Change): readonly Offer[] {
  return diagnostics.flatMap((diagnostic) => {
    const { replacement, rule } = diagnostic;
    if (replacement === undefined || brokenOnBase.has(rule)) return [];
    // The same object: it is found again by its identity.
    return placeInDiff(diagnostic, lines) === undefined ? [] : [diagnostic as Offer];
  });
}

/** The files of which the checker says more with their replacements than without, or cannot read then. */
async function findWorse(
  checker: Analyser,
  {
    files,
    offers,
    change,
  }: {
    readonly files: readonly ChangedFile[];
    readonly offers: ReadonlyMap<string, readonly Offer[]>;
    readonly change: Change;
  },
  { ports: { objects, stager }, head }: Circumstances,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const context = needsContext(checker)
    ? await readContext(change, (path) => checker.reads(path), { objects, commit: head }, signal)
    : new Map<string, Uint8Array>();
  const check = async (version: readonly ChangedFile[]): Promise<Analysis | undefined> => {
    try {
      // Without a diff nothing is said of other files.
      const only = { ...change, diff: [], files: version };
      return await runAnalyser(checker, { change: only, context, stager }, signal);
    } catch {
      // A checker that cannot run proves nothing.
      signal.throwIfAborted();
      return undefined;
    }
  };
  const after = await check(files.map((file) => withReplacements(file, offers.get(file.path) ?? [])));
  const paths = files.map(({ path }) => path);
  if (after === undefined) return paths;
  const isUnread = (path: string): boolean => after.notAnalysed.some((one) => one.path === path);
  const suspects = paths.filter((path) => isUnread(path) || countIn(after, path) > 0);
  if (suspects.length === 0) return [];
  const before = await check(files);
  return suspects.filter(
    (path) => isUnread(path) || before === undefined || countIn(after, path) > countIn(before, path),
  );
}

function withReplacements(file: ChangedFile, offers: readonly Offer[]): ChangedFile {
  const lines = Buffer.from(file.staged).toString('utf8').split('\n');
  // From the bottom, so that the lines of those above stay where they are.
  for (const { startLine, endLine, replacement } of offers.toSorted((a, b) => b.startLine - a.startLine))
    lines.splice(startLine - 1, endLine - startLine + 1, ...replacement.split('\n'));
  const staged = Buffer.from(lines.join('\n'));
  return { ...file, head: staged, staged };
}

function countIn({ diagnostics }: Analysis, path: string): number {
  return diagnostics.filter((one) => one.path === path).length;
}

function withoutReplacement(diagnostic: Diagnostic): Diagnostic {
  const { replacement: _refused, ...rest } = diagnostic;
  return rest;
}
