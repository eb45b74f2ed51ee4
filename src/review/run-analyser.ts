import type { Change, ChangedFile } from './collect-change.ts';
import { linesOf, newDiagnostics } from './new-diagnostics.ts';
import { offerFixes } from './offer-fixes.ts';
import { placeInDiff } from './place.ts';
import type { Analyser, AnalysisResult, ChangeAnalyser, Diagnostic, Stage, Stager } from './ports.ts';
import { needsConformance } from './rules/describe-rule.ts';

/** What one analyser says about the change. */
export interface Analysis {
  readonly analyser: string;
  /** Changed files that it was given. */
  readonly given: readonly string[];
  /** Those that it could not read, and why. */
  readonly notAnalysed: AnalysisResult['notAnalysed'];
  /** What it says of the head and not of the base. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rules of which the base has a hit, among the files that were looked at. */
  readonly brokenOnBase: ReadonlySet<string>;
  /** How many files of the base were looked at. */
  readonly baseFiles: number;
}

export interface AnalyserInput {
  readonly change: Change;
  /** Unchanged files that the analyser may need; the caller has chosen those that it reads. */
  readonly context: ReadonlyMap<string, Uint8Array>;
  readonly stager: Stager;
}

/** Runs an analyser over staged copies of head and base. Throws when it cannot run at all, or is aborted. */
export async function runAnalyser(
  analyser: Analyser,
  { change, context, stager }: AnalyserInput,
  signal: AbortSignal,
): Promise<Analysis> {
  const files = filesFor(analyser, change.files);
  const given = files.map(({ path }) => path);
  const analysis = { analyser: analyser.name, given };
  if (given.length === 0) {
    return { ...analysis, notAnalysed: [], diagnostics: [], brokenOnBase: new Set(), baseFiles: 0 };
  }
  const followed = (beside: readonly (readonly [string, Uint8Array])[]): ReadonlyMap<string, Uint8Array> =>
    new Map(analyser.followsImports === true ? beside : []);
  const onlyOnBase = [...change.onlyOnBase].filter(([path]) => analyser.reads(path));
  const imports = followed([...context]);
  const baseImports = followed([...onlyOnBase, ...context]);
  const heads = new Map(files.map(({ path, staged }) => [path, staged]));
  const head = await analyseStaged(analyser, { files: heads, beside: imports, stager }, signal);
  // Nothing said of the head leaves nothing to compare.
  if (head.diagnostics.length === 0) {
    return {
      ...analysis,
      notAnalysed: head.notAnalysed,
      diagnostics: [],
      brokenOnBase: new Set(),
      baseFiles: 0,
    };
  }
  const gone = new Set(change.diff.flatMap(({ path, status }) => (status === 'deleted' ? [path] : [])));
  const bases = new Map([
    ...files.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base] as const])),
    ...onlyOnBase.filter(([path]) => gone.has(path)),
  ]);
  const base = await analyseStaged(analyser, { files: bases, beside: baseImports, stager }, signal);
  const found = newDiagnostics(
    { diagnostics: head.diagnostics, lines: linesOf(heads) },
    { diagnostics: base.diagnostics, lines: linesOf(bases) },
    (diagnostic) => placeInDiff(diagnostic, change.lines) !== undefined,
  );
  const isAsked = found.some(
    (diagnostic) =>
      needsConformance(diagnostic.rule, analyser.category) &&
      placeInDiff(diagnostic, change.lines) !== undefined,
  );
  // The rest of the base is measured only when something depends on what it keeps to: it is most of the work.
  const rest = isAsked
    ? await analyseStaged(
        analyser,
        { files: context, beside: followed([...baseImports, ...bases]), stager },
        signal,
      )
    : undefined;
  const analyseFixed = async (fixed: ReadonlyMap<string, Uint8Array>): Promise<AnalysisResult> =>
    await analyseStaged(analyser, { files: fixed, beside: followed([...imports, ...heads]), stager }, signal);
  return {
    ...analysis,
    notAnalysed: head.notAnalysed,
    diagnostics: await offerFixes(found, { files, changed: change.lines, head, analyse: analyseFixed }),
    brokenOnBase: new Set([...base.diagnostics, ...(rest?.diagnostics ?? [])].map(({ rule }) => rule)),
    baseFiles: bases.size + (rest === undefined ? 0 : context.size),
  };
}

/** Whether unchanged files are read for the analyser. */
export function needsContext(analyser: Analyser): boolean {
  return analyser.category === 'style' || analyser.followsImports === true;
}

/** The changed files that an analyser is to read. */
export function filesFor(
  analyser: Analyser | ChangeAnalyser,
  files: readonly ChangedFile[],
): readonly ChangedFile[] {
  return files.filter(({ path, setAside }) => analyser.reads(path) && mayRead(analyser, setAside?.readBy));
}

function mayRead(
  analyser: Analyser | ChangeAnalyser,
  readBy: NonNullable<ChangedFile['setAside']>['readBy'] | undefined,
): boolean {
  if (readBy === undefined) return true;
  if (readBy === 'security') return analyser.category === 'security';
  return readBy === 'any-text analysers' && 'takesAnyText' in analyser && analyser.takesAnyText === true;
}

async function analyseStaged(
  analyser: Analyser,
  {
    files,
    beside,
    stager,
  }: {
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly beside: ReadonlyMap<string, Uint8Array>;
    readonly stager: Stager;
  },
  signal: AbortSignal,
): Promise<AnalysisResult> {
  if (files.size === 0) return { diagnostics: [], notAnalysed: [] };
  const stage = await stager.stage(new Map([...beside, ...files]));
  try {
    const staged = new Set(stage.paths);
    const paths = [...files.keys()].filter((path) => staged.has(path));
    const refused = [...files.keys()].filter((path) => !staged.has(path));
    const result = await analyser.analyse(stage, paths, signal);
    return {
      diagnostics: result.diagnostics,
      notAnalysed: [
        ...result.notAnalysed.map(({ path, reason }) => ({ path, reason: withoutFolder(reason, stage) })),
        ...refused.map((path) => ({ path, reason: 'its path cannot be staged safely' })),
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

/** What a tool says of itself may name the folder that it worked in, which is nobody's business in a report. */
export function withoutFolder(text: string, { folder }: Stage): string {
  return text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the staged copy');
}
