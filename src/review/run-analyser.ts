import { findBreakable, tellOfDependents } from './broken-dependents.ts';
import type { Change, ChangedFile } from './collect-change.ts';
import { importClosure } from './import-closure.ts';
import { linesOf, newDiagnostics } from './new-diagnostics.ts';
import { offerFixes } from './offer-fixes.ts';
import { placeInDiff } from './place.ts';
import type { Analyser, AnalysisResult, ChangeAnalyser, Diagnostic, Stage, Stager } from './ports.ts';
import { needsConformance } from './rules/describe-rule.ts';
import { withoutRewritten } from './without-rewritten.ts';

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
  const nothing = { analyser: analyser.name, given, diagnostics: [], brokenOnBase: new Set<string>() };
  if (given.length === 0) return { ...nothing, notAnalysed: [], baseFiles: 0 };
  const { head, base, rest, dependents } = versionsFor(analyser, files, { change, context });
  const run = (part: Part): Promise<AnalysisResult> => analyseStaged(analyser, part, stager, signal);
  const onHead = await run(head);
  const notAnalysed = onHead.notAnalysed.filter(({ path }) => !dependents.has(path));
  // Nothing said of the head leaves nothing to compare.
  if (onHead.diagnostics.length === 0) return { ...nothing, notAnalysed, baseFiles: 0 };
  const onBase = await run(base);
  const isInDiff = (diagnostic: Diagnostic): boolean => placeInDiff(diagnostic, change.lines) !== undefined;
  const differing = newDiagnostics(
    { diagnostics: onHead.diagnostics, lines: linesOf(head.files) },
    { diagnostics: onBase.diagnostics, lines: linesOf(base.files) },
    isInDiff,
  );
  // A weakness in code that somebody has just had in hand is worth saying again.
  const found =
    analyser.category === 'security'
      ? differing
      : withoutRewritten(differing, onBase.diagnostics, change.diff);
  // The rest of the base is measured only when something depends on what it keeps to: it is most of the work.
  const isAsked = found.some((one) => needsConformance(one.rule, analyser.category) && isInDiff(one));
  const onRest = isAsked ? await run(rest()) : undefined;
  const fixed = await offerFixes(
    found.filter(({ path }) => !dependents.has(path)),
    {
      files,
      changed: change.lines,
      head: onHead,
      analyse: (mended) => run({ files: mended, beside: new Map([...head.beside, ...head.files]) }),
    },
  );
  const broken = found.filter(({ path }) => dependents.has(path));
  return {
    ...nothing,
    notAnalysed,
    diagnostics: [...fixed, ...tellOfDependents(broken, onBase.diagnostics, { change, dependents })],
    brokenOnBase: new Set([...onBase.diagnostics, ...(onRest?.diagnostics ?? [])].map(({ rule }) => rule)),
    baseFiles: base.files.size + (onRest === undefined ? 0 : context.size),
  };
}

/** Files to analyse, and those to stage beside them. */
interface Part {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** What is staged of either side, and the unchanged files that are analysed on both for what the change does to them. */
function versionsFor(
  analyser: Analyser,
  files: readonly ChangedFile[],
  { change, context }: Pick<AnalyserInput, 'change' | 'context'>,
): {
  readonly head: Part;
  readonly base: Part;
  readonly rest: () => Part;
  readonly dependents: ReadonlyMap<string, Uint8Array>;
} {
  const followed = (from: Part['files'], available: Part['files']): Part['beside'] =>
    analyser.followsImports === true ? importClosure(from, available) : new Map();
  const onlyOnBase = [...change.onlyOnBase].filter(([path]) => analyser.reads(path));
  const gone = new Set(change.diff.flatMap(({ path, status }) => (status === 'deleted' ? [path] : [])));
  const dependents =
    analyser.judgesDependents === true ? findBreakable(change.diff, files, context) : new Map();
  const heads = new Map([...dependents, ...files.map(({ path, staged }) => [path, staged] as const)]);
  const bases = new Map([
    ...dependents,
    ...files.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base] as const])),
    ...onlyOnBase.filter(([path]) => gone.has(path)),
  ]);
  const baseContext = new Map([...onlyOnBase, ...context]);
  return {
    head: { files: heads, beside: followed(heads, context) },
    base: { files: bases, beside: followed(bases, baseContext) },
    rest: () => ({ files: context, beside: followed(context, new Map([...baseContext, ...bases])) }),
    dependents,
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
  { files, beside }: Part,
  stager: Stager,
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
