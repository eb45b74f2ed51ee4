import type { Finding } from '../../src/domain/finding.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import type { Case, Place } from './cases.ts';

/** Findings so many lines from a known place are still about it. */
const NEAR = 3;

/** What one run found of what is known. */
export interface Score {
  readonly found: number;
  readonly missed: readonly string[];
  /** Findings about a known problem. */
  readonly right: number;
  /** Findings about something that is known to be no problem. */
  readonly wrong: readonly string[];
  /** Findings about neither: on a clean pull request false alarms, else not known. */
  readonly other: readonly string[];
}

export function scoreRun({ problems, nonProblems }: Case, findings: readonly Finding[]): Score {
  const found = problems.filter((problem) => findings.some((finding) => isAbout(finding, problem)));
  const right = findings.filter((finding) => problems.some((problem) => isAbout(finding, problem)));
  const rest = findings.filter((finding) => !right.includes(finding));
  const wrong = rest.filter((finding) => nonProblems.some((place) => isAbout(finding, place)));
  return {
    found: found.length,
    missed: problems.filter((problem) => !found.includes(problem)).map(({ what }) => what),
    right: right.length,
    wrong: wrong.map(describe),
    other: rest.filter((finding) => !wrong.includes(finding)).map(describe),
  };
}

function isAbout({ location, title, body }: Finding, place: Place): boolean {
  if (location === undefined || location.path !== place.path || location.side !== place.side) return false;
  const isNear = location.startLine <= place.endLine + NEAR && location.endLine >= place.startLine - NEAR;
  return isNear && (place.words === undefined || new RegExp(place.words, 'i').test(`${title}\n${body}`));
}

function describe({ severity, title, location }: Finding): string {
  return `${severity}: ${title} (${location?.path ?? ''}:${location?.startLine ?? ''})`;
}

/** Share of findings that two runs have in common, averaged over all pairs; 1 for a single run. */
export function stabilityOf(runs: readonly (readonly Finding[])[]): number {
  const pairs = runs.flatMap((a, index) => runs.slice(index + 1).map((b) => [a, b] as const));
  if (pairs.length === 0) return 1;
  const shares = pairs.map(([a, b]) => {
    const [left, right] = [new Set(a.map(({ id }) => id)), new Set(b.map(({ id }) => id))];
    const union = new Set([...left, ...right]).size;
    return union === 0 ? 1 : [...left].filter((id) => right.has(id)).length / union;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** What one run or several took. */
export interface Cost {
  readonly calls: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly usd: number;
  readonly unpriced: ReadonlySet<string>;
  readonly ms: number;
  readonly hunksRead: number;
  readonly hunksTotal: number;
}

export const NO_COST: Cost = {
  calls: 0,
  input: 0,
  cached: 0,
  output: 0,
  usd: 0,
  unpriced: new Set(),
  ms: 0,
  hunksRead: 0,
  hunksTotal: 0,
};

export function costOfRun({ reviewers, ms }: ReviewReport): Cost {
  const costs = reviewers.map(
    ({ model, hunksRead, hunksTotal }): Cost => ({
      calls: model?.calls ?? 0,
      input: model?.inputTokens ?? 0,
      cached: model?.cachedTokens ?? 0,
      output: model?.outputTokens ?? 0,
      usd: model?.costUsd ?? 0,
      unpriced: new Set(model?.unpriced),
      ms: 0,
      hunksRead: model?.hunksRead ?? hunksRead,
      hunksTotal: model?.hunksTotal ?? hunksTotal,
    }),
  );
  return { ...costs.reduce(addCosts, NO_COST), ms };
}

export function addCosts(a: Cost, b: Cost): Cost {
  return {
    calls: a.calls + b.calls,
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    usd: a.usd + b.usd,
    unpriced: new Set([...a.unpriced, ...b.unpriced]),
    ms: a.ms + b.ms,
    hunksRead: a.hunksRead + b.hunksRead,
    hunksTotal: a.hunksTotal + b.hunksTotal,
  };
}

/** `12 requests, 34000 tokens in (1200 cached), 900 out, $0.0400, 75 s`. */
export function describeCost({ calls, input, cached, output, usd, unpriced, ms }: Cost): string {
  const price = unpriced.size === 0 ? '' : `, the price of ${[...unpriced].join(', ')} not known`;
  return `${calls} requests, ${input} tokens in (${cached} cached), ${output} out, $${usd.toFixed(4)}${price}, ${Math.round(ms / 1000)} s`;
}

/** `0.67 (4 of 6)`; nothing to divide by is said. */
export function ratio(part: number, whole: number): string {
  return whole === 0 ? 'nothing to count' : `${(part / whole).toFixed(2)} (${part} of ${whole})`;
}
