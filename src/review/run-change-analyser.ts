import type { FileDiff } from '../domain/diff.ts';
import type { Change } from './collect-change.ts';
import { findDependents } from './find-dependents.ts';
import type { ChangeAnalyser, ChangedPath, Stager } from './ports.ts';
import { type Analysis, filesFor, withoutFolder } from './run-analyser.ts';

export interface ChangeAnalyserInput {
  readonly change: Change;
  /** Reads the unchanged files of the head that a name test lets through. */
  readonly readUnchanged: (reads: (path: string) => boolean) => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly stager: Stager;
}

/** Runs an analyser over head and base staged side by side. Throws when it cannot run at all, or is aborted. */
export async function runChangeAnalyser(
  analyser: ChangeAnalyser,
  { change, readUnchanged, stager }: ChangeAnalyserInput,
  signal: AbortSignal,
): Promise<Analysis> {
  const given = filesFor(analyser, change.files).map(({ path }) => path);
  const wanted = new Set([...given, ...deletedFor(analyser, change)]);
  const files = change.diff.filter(({ path }) => wanted.has(path)).map(toChangedPath);
  const analysis = { analyser: analyser.name, given, brokenOnBase: new Set<string>(), baseFiles: 0 };
  if (files.length === 0) return { ...analysis, notAnalysed: [], diagnostics: [] };
  const context = await readUnchanged((path) => analyser.looksInto(path));
  const stage = await stager.stage(filesToStage(change, context, files));
  try {
    const staged = new Set(stage.paths);
    const isStaged = ({ path, status }: ChangedPath): boolean =>
      staged.has(status === 'deleted' ? `base/${path}` : `head/${path}`);
    const result = await analyser.analyse(stage, files.filter(isStaged), signal);
    const refused = files.filter((file) => file.status !== 'deleted' && !isStaged(file));
    return {
      ...analysis,
      diagnostics: result.diagnostics,
      notAnalysed: [
        ...result.notAnalysed.map(({ path, reason }) => ({ path, reason: withoutFolder(reason, stage) })),
        ...refused.map(({ path }) => ({ path, reason: 'its path cannot be staged safely' })),
      ],
    };
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : 'failed';
    throw new Error(withoutFolder(message, stage), { cause: error });
  } finally {
    await stage.dispose();
  }
}

function deletedFor(analyser: ChangeAnalyser, { diff, onlyOnBase, isIgnored }: Change): readonly string[] {
  return diff
    .filter(({ path, status }) => status === 'deleted' && onlyOnBase.has(path) && !isIgnored(path))
    .map(({ path }) => path)
    .filter((path) => analyser.reads(path));
}

function toChangedPath({ path, oldPath, status, hunks }: FileDiff): ChangedPath {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    path,
    oldPath,
    status,
    added: lines.flatMap(({ kind, newLine }) => (kind === 'added' && newLine !== undefined ? [newLine] : [])),
    removed: lines.flatMap(({ kind, oldLine }) =>
      kind === 'removed' && oldLine !== undefined ? [oldLine] : [],
    ),
  };
}

/** The changed files in both versions, and of the unchanged ones those that may depend on them. */
function filesToStage(
  change: Change,
  context: ReadonlyMap<string, Uint8Array>,
  files: readonly ChangedPath[],
): ReadonlyMap<string, Uint8Array> {
  const wanted = new Set(files.map(({ path }) => path));
  const read = change.files.filter(({ path }) => wanted.has(path));
  const oldPaths = new Map(files.map(({ path, oldPath }) => [path, oldPath]));
  const dependents = findDependents(
    change.diff.filter(({ path }) => wanted.has(path)),
    context,
  );
  return new Map([
    ...read.map(({ path, staged }) => [`head/${path}`, staged] as const),
    ...read.flatMap(({ path, base }) =>
      base === undefined ? [] : [[`base/${oldPaths.get(path) ?? path}`, base] as const],
    ),
    ...[...change.onlyOnBase]
      .filter(([path]) => wanted.has(path))
      .map(([path, bytes]) => [`base/${path}`, bytes] as const),
    ...dependents.map((path) => [`head/${path}`, context.get(path) ?? new Uint8Array()] as const),
  ]);
}
