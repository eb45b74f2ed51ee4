import { readWrittenRules } from '../agent/written-rules.ts';
import type { ReviewCategory } from '../domain/finding.ts';
import type { ReviewerReport } from '../domain/report.ts';
import { boundedMap } from '../lib/bounded-map.ts';
import { withoutPlacesToldElsewhere } from './broken-dependents.ts';
import { checkReplacements } from './check-replacements.ts';
import type { Change } from './collect-change.ts';
import { readContext } from './context-files.ts';
import { findHabitBreaks } from './habits/find-habit-breaks.ts';
import { findHostileText } from './hostile-text.ts';
import { findLockfileChanges } from './lockfile-findings.ts';
import { linesOf } from './new-diagnostics.ts';
import type { Analyser, AnalysisResult, ChangeAnalyser, Diagnostic } from './ports.ts';
import type { ReviewPorts } from './request.ts';
import { needsConformance } from './rules/describe-rule.ts';
import { type Analysis, filesFor, needsContext, runAnalyser } from './run-analyser.ts';
import { runChangeAnalyser } from './run-change-analyser.ts';
import { asOneComment } from './style-gate.ts';
import { suppressionDiagnostics } from './suppression-findings.ts';
import { type Claim, mergeByPlace, type NotShown, toFindings } from './to-findings.ts';
import { findBrokenRules } from './written/find-broken-rules.ts';

/** What came of one reviewer. */
export interface CategoryReview {
  readonly report: ReviewerReport;
  readonly claims: readonly Claim[];
  readonly notShown: readonly NotShown[];
  readonly notAnalysed: AnalysisResult['notAnalysed'];
  /** Files of which a model has read every hunk. */
  readonly readWhole?: ReadonlySet<string>;
}

/** Staged copies that there are at a time; how many processes run is up to the analysers. */
const PARALLEL = 4;

interface Failure {
  readonly analyser: string;
  readonly given: readonly string[];
  readonly why: string;
}

/** Runs the analysers of one category; one that fails leaves the others' findings standing. */
export async function reviewCategory(
  category: ReviewCategory,
  change: Change,
  { ports, base, head }: { readonly ports: ReviewPorts; readonly base: string; readonly head: string },
  signal: AbortSignal,
): Promise<CategoryReview> {
  const startedAt = performance.now();
  const analysers = [...ports.analysers, ...ports.changeAnalysers].filter(
    (analyser) => analyser.category === category,
  );
  const outcomes = await boundedMap(analysers, PARALLEL, (analyser) =>
    tryAnalyser(analyser, change, { ports, head }, signal),
  );
  const analyses = await checkReplacements(
    outcomes.filter((outcome) => 'diagnostics' in outcome),
    change,
    { ports, head },
    signal,
  );
  const failures = outcomes.filter((outcome) => 'why' in outcome);
  const written = category === 'style' ? await findBroken(change, { ports, base }, signal) : [];
  const { claims, notShown } = gather(category, change, { analyses, written });
  return {
    claims,
    notShown,
    notAnalysed: [
      ...analyses.flatMap(({ analyser, notAnalysed }) =>
        notAnalysed.map(({ path, reason }) => ({ path, reason: `${toolOf(analyser)}: ${reason}` })),
      ),
      ...failures.flatMap(({ analyser, given, why }) =>
        given.map((path) => ({ path, reason: `${toolOf(analyser)}: ${why}` })),
      ),
    ],
    report: {
      category,
      ...statusOf(analysers, analyses, failures),
      engine: [...new Set(analysers.map(({ name }) => name))].join(', '),
      findings: claims.length,
      ...countHunks(analysers, change, [...analyses, ...failures]),
      tokens: 0,
      costUsd: 0,
      ms: performance.now() - startedAt,
    },
  };
}

async function tryAnalyser(
  analyser: Analyser | ChangeAnalyser,
  change: Change,
  { ports, head }: { readonly ports: ReviewPorts; readonly head: string },
  signal: AbortSignal,
): Promise<Analysis | Failure> {
  const given = filesFor(analyser, change.files).map(({ path }) => path);
  const { objects, stager } = ports;
  const readUnchanged = async (reads: (path: string) => boolean): Promise<ReadonlyMap<string, Uint8Array>> =>
    await readContext(change, reads, { objects, commit: head }, signal);
  try {
    if ('looksInto' in analyser) {
      return await runChangeAnalyser(analyser, { change, readUnchanged, stager }, signal);
    }
    const context =
      needsContext(analyser) && given.length > 0
        ? await readUnchanged((path) => analyser.reads(path))
        : new Map<string, Uint8Array>();
    return await runAnalyser(analyser, { change, context, stager }, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { analyser: analyser.name, given, why: error instanceof Error ? error.message : 'failed' };
  }
}

/** What breaks the rules that the base has in writing. */
async function findBroken(
  change: Change,
  { ports, base }: { readonly ports: ReviewPorts; readonly base: string },
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const documents = await readWrittenRules(change.files, { source: ports.objects, base }, signal);
  return await findBrokenRules(change, documents, (paths) => ports.objects.readFiles(base, paths, signal));
}

/** The findings of all analyses, gated, merged and, for style, grouped. */
function gather(
  category: ReviewCategory,
  change: Change,
  { analyses, written }: { readonly analyses: readonly Analysis[]; readonly written: readonly Diagnostic[] },
): Pick<CategoryReview, 'claims' | 'notShown'> {
  const lines = linesOf(new Map(change.files.map(({ path, head }) => [path, head])));
  const wanted = change.diff.filter(({ path }) => !change.isIgnored(path));
  const own = [
    ...suppressionDiagnostics(change.files, category),
    ...(category === 'security' ? [...findHostileText(wanted), ...findLockfileChanges(wanted)] : []),
    ...(category === 'style' ? [...written, ...findHabitBreaks(change)] : []),
  ];
  const said = withoutPlacesToldElsewhere([...own, ...analyses.flatMap(({ diagnostics }) => diagnostics)]);
  const found = toFindings(said, category, {
    changed: change.lines,
    lines,
    baseLines: linesOf(
      new Map([
        ...change.onlyOnBase,
        ...change.files.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base] as const])),
      ]),
    ),
  });
  const gated = gate(found.claims, category, analyses);
  const merged = mergeByPlace(gated.claims);
  const grouped = category === 'style' ? asOneComment(merged) : { claims: merged, notShown: [] };
  return { claims: grouped.claims, notShown: [...found.notShown, ...gated.notShown, ...grouped.notShown] };
}

/** Keeps a rule that needs it only where the base was looked at and has no hit. */
function gate(
  claims: readonly Claim[],
  category: ReviewCategory,
  analyses: readonly Analysis[],
): { readonly claims: readonly Claim[]; readonly notShown: readonly NotShown[] } {
  const broken = new Set(analyses.flatMap(({ brokenOnBase }) => [...brokenOnBase]));
  const measured = new Set(
    analyses
      .filter(({ baseFiles }) => baseFiles > 0)
      .flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)),
  );
  const counts = ({ rule }: Claim): boolean =>
    rule.startsWith('firsthand/') ||
    !needsConformance(rule, category) ||
    (measured.has(rule) && !broken.has(rule));
  return {
    claims: claims.filter(counts),
    notShown: claims
      .filter((claim) => !counts(claim))
      .map(({ finding }) => ({
        finding: finding.id,
        reason: 'a rule that the base does not keep to either',
      })),
  };
}

function statusOf(
  analysers: readonly (Analyser | ChangeAnalyser)[],
  analyses: readonly Analysis[],
  failures: readonly Failure[],
): Pick<ReviewerReport, 'status' | 'reason'> {
  if (analysers.length === 0)
    return { status: 'skipped', reason: 'no analyser of this category is installed' };
  const failed = failures.map(({ analyser, why }) => `${analyser} failed: ${why}`);
  const isWorking = analyses.some(({ given }) => given.length > 0);
  if (failed.length > 0 && !isWorking) return { status: 'failed', reason: failed.join('; ') };
  const unread = new Set(analyses.flatMap(({ notAnalysed }) => notAnalysed.map(({ path }) => path))).size;
  const partly =
    unread === 0 ? [] : [`${unread} changed ${unread === 1 ? 'file' : 'files'} could not be read`];
  const reason = [...failed, ...partly].join('; ');
  return { status: 'reviewed', ...(reason === '' ? {} : { reason }) };
}

/**
 * Counts hunks of files that the reviewer reads at all, and those of files that all its analysers for that kind of
 * file have read. What was set aside by choice (ignored, vendored, generated, binary) takes no part; what was too
 * large or too deep to read does.
 */
function countHunks(
  analysers: readonly (Analyser | ChangeAnalyser)[],
  change: Change,
  outcomes: readonly (Analysis | Failure)[],
): Pick<ReviewerReport, 'hunksRead' | 'hunksTotal'> {
  const unread = new Set(
    outcomes.flatMap((outcome) =>
      'why' in outcome ? outcome.given : outcome.notAnalysed.map(({ path }) => path),
    ),
  );
  const given = new Map(outcomes.map((outcome) => [outcome, new Set(outcome.given)]));
  let [hunksRead, hunksTotal] = [0, 0];
  for (const { path, hunks } of change.files) {
    const readers = analysers.filter((analyser) => analyser.reads(path)).length;
    if (readers === 0) continue;
    hunksTotal += hunks;
    const reached = outcomes.filter((outcome) => given.get(outcome)?.has(path) === true).length;
    if (reached === readers && !unread.has(path)) hunksRead += hunks;
  }
  return { hunksRead, hunksTotal };
}

/** `oxlint 1.94.0` → `oxlint`. */
function toolOf(analyser: string): string {
  return analyser.split(' ')[0] ?? analyser;
}
