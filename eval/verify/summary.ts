import type { Outcome } from './outcome.ts';

/** The figures of one evaluation. Shares are between 0 and 1. */
export interface Summary {
  readonly faults: number;
  readonly found: number;
  readonly harmless: number;
  /** Harmless changes about which anything was said. */
  readonly falseAlarms: number;
  /** Those of them about which something graver than `low` was said. */
  readonly loudFalseAlarms: number;
  readonly crashed: number;
  readonly families: readonly { readonly family: string; readonly found: number; readonly of: number }[];
  /** Of the shortest reproduction of each fault that was found. */
  readonly medianActions: number | undefined;
  readonly longestActions: number | undefined;
  readonly medianSeconds: number | undefined;
  readonly medianLoad: number | undefined;
  /** Findings that the run itself does not hold for certain. */
  readonly unsureFindings: number;
  /** Subjects that were run more than once, and of those the ones whose verdict was not always the same. */
  readonly repeated: number;
  readonly flaky: readonly string[];
  readonly witnesses: { readonly run: number; readonly telling: number };
  /** Faults that were found, and those of them with a test that fails on the head and passes on the base. */
  readonly faultsWithWitness: number;
}

/** Sums up what became of every subject; one that was run several times has several outcomes. */
export function summarise(outcomes: readonly Outcome[]): Summary {
  const faults = outcomes.filter((one) => one.family !== 'harmless' && one.family !== 'same');
  const quiet = outcomes.filter((one) => one.family === 'harmless' || one.family === 'same');
  const found = faults.filter((one) => one.verdict === 'found');
  const families = [...new Set(faults.map((one) => one.family))].map((family) => {
    const own = faults.filter((one) => one.family === family);
    return { family, found: own.filter((one) => one.verdict === 'found').length, of: own.length };
  });
  const lengths = found.flatMap((one) => {
    const own = one.findings.flatMap(({ actions }) => (actions === undefined ? [] : [actions]));
    return own.length === 0 ? [] : [Math.min(...own)];
  });
  const witnesses = outcomes.flatMap((one) => one.witnesses ?? []);
  const byId = Map.groupBy(outcomes, (one) => one.id);
  const repeated = [...byId.values()].filter((runs) => runs.length > 1);
  return {
    faults: faults.length,
    found: found.length,
    harmless: quiet.length,
    falseAlarms: quiet.filter((one) => one.verdict === 'false alarm').length,
    loudFalseAlarms: quiet.filter((one) => one.findings.some(({ severity }) => severity !== 'low')).length,
    crashed: outcomes.filter((one) => one.verdict === 'crashed').length,
    families,
    medianActions: median(lengths),
    longestActions: lengths.length === 0 ? undefined : Math.max(...lengths),
    medianSeconds: median(outcomes.map((one) => one.seconds)),
    medianLoad: median(outcomes.flatMap(({ load }) => (load === undefined ? [] : [load]))),
    unsureFindings: outcomes.flatMap((one) => one.findings).filter(({ confidence }) => confidence < 0.9)
      .length,
    repeated: repeated.length,
    flaky: repeated
      .filter((runs) => new Set(runs.map((one) => one.verdict)).size > 1)
      .map((runs) => runs[0]?.id ?? ''),
    witnesses: { run: witnesses.length, telling: witnesses.filter(isTelling).length },
    faultsWithWitness: found.filter((one) => one.witnesses?.some(isTelling) === true).length,
  };
}

function isTelling({ base, head }: { readonly base: string; readonly head: string }): boolean {
  return base === 'passed' && head === 'failed';
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

/** One line about one outcome. */
export function describeOutcome(outcome: Outcome): string {
  const { verdict, id, seconds, findings, coverage, witnesses, why } = outcome;
  const lengths = findings.flatMap(({ actions }) => (actions === undefined ? [] : [actions]));
  const parts = [
    verdict.padEnd(11),
    id.padEnd(34),
    `${seconds.toFixed(0).padStart(4)} s`,
    coverage === undefined ? '' : `${coverage.states} states, ${coverage.actions} actions`,
    findings.length === 0 ? '' : `${findings.length} finding${findings.length === 1 ? '' : 's'}`,
    lengths.length === 0 ? '' : `shortest ${Math.min(...lengths)}`,
    witnesses === undefined ? '' : `${witnesses.filter(isTelling).length}/${witnesses.length} witnesses tell`,
    why ?? '',
  ];
  const lines = [parts.filter((part) => part !== '').join('  ')];
  for (const { severity, source, title, actions } of findings.slice(0, 3)) {
    lines.push(
      `              ${severity} ${source}${actions === undefined ? '' : ` in ${actions}`}: ${title}`,
    );
  }
  return lines.join('\n');
}

/** The figures as a text for people. */
export function describeSummary(summary: Summary): string {
  const share = (part: number, of: number): string =>
    of === 0 ? 'none' : `${part} of ${of} (${Math.round((part / of) * 100)} %)`;
  return [
    `faults found                  ${share(summary.found, summary.faults)}`,
    ...summary.families.map(({ family, found, of }) => `  ${family.padEnd(28)}${share(found, of)}`),
    `false alarms                  ${share(summary.falseAlarms, summary.harmless)}`,
    `  graver than low             ${share(summary.loudFalseAlarms, summary.harmless)}`,
    `runs without a report         ${summary.crashed}`,
    `actions of a reproduction     median ${summary.medianActions ?? '-'}, longest ${summary.longestActions ?? '-'}`,
    `findings held as unsure       ${summary.unsureFindings}`,
    `run again, other verdict      ${summary.repeated === 0 ? 'nothing was run again' : `${summary.flaky.length} of ${summary.repeated} ${summary.flaky.join(' ')}`}`,
    `witnesses that tell           ${share(summary.witnesses.telling, summary.witnesses.run)}`,
    `  faults with such a witness  ${share(summary.faultsWithWitness, summary.found)}`,
    `seconds for one run           median ${summary.medianSeconds?.toFixed(0) ?? '-'}`,
    `load for each core            median ${summary.medianLoad?.toFixed(1) ?? '-'}${(summary.medianLoad ?? 0) > 1.5 ? ': too busy for figures to be compared' : ''}`,
  ].join('\n');
}
