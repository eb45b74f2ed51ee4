import { createHash } from 'node:crypto';
import type { Finding } from '../../domain/finding.ts';
import type { VerifyReport } from '../../domain/report.ts';

/** What became of one of several previews of a commit. */
export interface TriedPreview {
  /** What it is called: its project, or its host. */
  readonly name: string;
  readonly report: VerifyReport;
}

const MAX_TITLE = 200;

/**
 * One report of several previews of one commit, the first of which gives its addresses.
 *
 * It is verified only when all of them are. What was found says where, and of the others each keeps its addresses and its outcome
 * in `others`.
 */
export function mergeReports([first, ...rest]: readonly [TriedPreview, ...TriedPreview[]]): VerifyReport {
  if (rest.length === 0) return first.report;
  const all = [first, ...rest];
  const reports = all.map(({ report }) => report);
  const ids = new Set<string>();
  const findings = (pick: (report: VerifyReport) => readonly Finding[]): Finding[] =>
    all.flatMap(({ name, report }) => pick(report).map((finding) => named(finding, name, ids)));
  const sum = (pick: (report: VerifyReport) => number): number =>
    reports.reduce((total, report) => total + pick(report), 0);
  const flows = flowsOf(all);
  return {
    ...first.report,
    ms: sum(({ ms }) => ms),
    findings: findings((report) => report.findings),
    changes: findings((report) => report.changes),
    preExisting: findings((report) => report.preExisting),
    outcome: outcomeOf(all, flows.nowhere),
    login: reports.map(({ login }) => login).find(({ kind }) => isBad(kind)) ?? first.report.login,
    flows: flows.told,
    coverage: {
      states: sum(({ coverage }) => coverage.states),
      transitions: sum(({ coverage }) => coverage.transitions),
      actions: sum(({ coverage }) => coverage.actions),
      pages: [...new Set(reports.flatMap(({ coverage }) => coverage.pages))],
      notReached: all.flatMap(({ name, report }) =>
        report.coverage.notReached.map(({ what, why }) => ({ what: `${name}: ${what}`, why })),
      ),
    },
    noise: all.flatMap(({ name, report }) =>
      report.noise.map((noise) => ({ ...noise, where: `${name}: ${noise.where}` })),
    ),
    ...exercisedBy(reports),
    others: rest.map(({ name, report }) => ({
      name,
      head: report.head,
      ...(report.base === undefined ? {} : { base: report.base }),
      ...(report.baseReason === undefined ? {} : { baseReason: report.baseReason }),
      outcome: report.outcome.kind,
    })),
  };
}

type FlowReport = VerifyReport['flows'][number];

/**
 * The flows of all previews, with the name of the preview where several drove one of the same name. What could not be done on
 * one, not even on its base, and was driven on another, is for that one.
 */
function flowsOf(all: readonly TriedPreview[]): {
  readonly told: FlowReport[];
  /** Names of those that are for none of them. */
  readonly nowhere: readonly string[];
} {
  const driven = all.flatMap(({ name, report }) => report.flows.map((flow) => ({ name, flow })));
  const isForeign = ({ steps }: FlowReport): boolean =>
    steps.some(({ base, head }) => base === 'impossible' && head === 'impossible');
  const own = new Set(driven.filter(({ flow }) => !isForeign(flow)).map(({ flow }) => flow.name));
  const kept = driven.filter(({ flow }) => !isForeign(flow) || !own.has(flow.name));
  const previewsOf = (flow: FlowReport): number =>
    new Set(kept.filter((one) => one.flow.name === flow.name).map(({ name }) => name)).size;
  return {
    told: kept.map(({ name, flow }) =>
      previewsOf(flow) > 1 ? { ...flow, name: `${name}: ${flow.name}` } : flow,
    ),
    nowhere: [...new Set(driven.map(({ flow }) => flow.name))].filter((name) => !own.has(name)),
  };
}

function outcomeOf(all: readonly TriedPreview[], nowhere: readonly string[]): VerifyReport['outcome'] {
  const outcome = outcomeOfPreviews(all);
  if (nowhere.length === 0 || (outcome.kind !== 'verified' && outcome.kind !== 'partly-verified'))
    return outcome;
  const names = nowhere.slice(0, 5).map((name) => `“${name}”`);
  const why = `flows that could run on none of the previews: ${names.join(', ')}`;
  return { kind: 'partly-verified', why: outcome.kind === 'verified' ? why : `${outcome.why}; ${why}` };
}

function outcomeOfPreviews(all: readonly TriedPreview[]): VerifyReport['outcome'] {
  // Without a base nothing was compared: one report has one, so the other must not read as if it had.
  const isWhole = ({ report }: TriedPreview): boolean =>
    report.outcome.kind === 'verified' && report.base !== undefined;
  if (all.every(isWhole)) return { kind: 'verified' };
  const [only] = all;
  if (only !== undefined && all.every(({ report }) => report.outcome.kind === only.report.outcome.kind)) {
    if (!('why' in only.report.outcome)) return { kind: 'partly-verified', why: tellAll(all) };
    return { ...only.report.outcome, why: tellAll(all) };
  }
  return { kind: 'partly-verified', why: tellAll(all) };
}

function tellAll(all: readonly TriedPreview[]): string {
  return all
    .map(({ name, report: { outcome, base } }) => {
      if ('why' in outcome) return `${name}: ${outcome.why}`;
      return `${name}: ${base === undefined ? 'verified with no base to compare with' : 'verified'}`;
    })
    .join('; ');
}

function isBad(kind: VerifyReport['login']['kind']): boolean {
  return kind === 'refused' || kind === 'could-not-try';
}

/** The finding with the name of its preview. Two previews may show what would be one finding: the second gets another id. */
function named(finding: Finding, name: string, ids: Set<string>): Finding {
  const title = `${name}: ${finding.title}`.slice(0, MAX_TITLE).toWellFormed();
  const id = ids.has(finding.id)
    ? createHash('sha256').update(`${name}\n${finding.id}`).digest('hex').slice(0, 12)
    : finding.id;
  ids.add(id);
  return { ...finding, id, title };
}

/** What says most comes first. */
const KINDS = ['ran', 'partly-ran', 'not-run', 'unknown'] as const;

/** A changed part counts as seen wherever it was. */
function exercisedBy(reports: readonly VerifyReport[]): Pick<VerifyReport, 'exercised'> {
  const hunks = new Map<string, NonNullable<VerifyReport['exercised']>[number]>();
  for (const hunk of reports.flatMap(({ exercised = [] }) => exercised)) {
    const key = `${hunk.path}:${hunk.startLine}-${hunk.endLine}`;
    const known = hunks.get(key);
    const by = [...new Set([...(known?.by ?? []), ...hunk.by])];
    const { why: _, code: __, ...place } = hunk;
    const why = by.length > 0 ? undefined : (known?.why ?? hunk.why);
    const code = KINDS.map((kind) => [known?.code, hunk.code].find((one) => one?.kind === kind)).find(
      Boolean,
    );
    hunks.set(key, {
      ...place,
      by,
      ...(why === undefined ? {} : { why }),
      ...(code === undefined ? {} : { code }),
    });
  }
  return hunks.size === 0 ? {} : { exercised: [...hunks.values()] };
}
