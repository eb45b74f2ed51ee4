import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReviewReport } from '../../src/domain/report.ts';
import type { ChangeReader } from '../../src/review/request.ts';
import type { Case } from './cases.ts';
import type { Recorder } from './record-exchanges.ts';
import { type Run, runCase } from './run-case.ts';
import {
  addCosts,
  type Cost,
  costOfRun,
  describeCost,
  NO_COST,
  ratio,
  scoreRun,
  stabilityOf,
} from './score.ts';

export interface Evaluation {
  readonly reader: ChangeReader | undefined;
  readonly recorder: Recorder;
  /** Whether the deterministic analysers read too. */
  readonly tools: boolean;
  readonly runs: number;
  /** Where raw reports and exchanges go. */
  readonly out: string;
  readonly print: (line: string) => void;
}

/** What all runs over all cases gave. */
export interface Totals {
  readonly problems: number;
  readonly found: number;
  readonly findings: number;
  readonly right: number;
  readonly wrong: number;
  /** Findings beyond the first about one problem. */
  readonly repeated: number;
  readonly anchored: number;
  /** Reviews of clean pull requests, and the findings in them. */
  readonly clean: number;
  readonly alarms: number;
  readonly stability: number;
  readonly cost: Cost;
}

/** Reviews every case several times, prints each run, and adds up. */
export async function evaluateCases(cases: readonly Case[], evaluation: Evaluation): Promise<Totals> {
  const { reader, recorder, tools, runs: count, out, print } = evaluation;
  const sums = {
    problems: 0,
    found: 0,
    findings: 0,
    right: 0,
    wrong: 0,
    repeated: 0,
    anchored: 0,
    clean: 0,
    alarms: 0,
  };
  const stabilities: number[] = [];
  let cost = NO_COST;
  for (const each of cases) {
    const intent = { title: each.title, description: each.description };
    const runs: Run[] = [];
    for (let number = 1; number <= count; number++) {
      const name = join(out, `${each.name}-${number}`);
      recorder.begin(`${name}.jsonl`);
      const run = await runCase({ ...each, intent }, { reader, tools });
      runs.push(run);
      await writeFile(`${name}.json`, JSON.stringify(run.report, null, 2));
      const score = scoreRun(each, run.report.findings);
      const isClean = each.problems.length === 0;
      const counted = {
        problems: each.problems.length,
        found: score.found,
        findings: run.report.findings.length,
        right: score.right,
        wrong: score.wrong.length,
        repeated: Math.max(0, score.right - score.found),
        anchored: run.anchored,
        clean: isClean ? 1 : 0,
        alarms: isClean ? run.report.findings.length : 0,
      };
      for (const key of Object.keys(counted) as (keyof typeof counted)[]) sums[key] += counted[key];
      cost = addCosts(cost, costOfRun(run.report));
      printRun(`${each.name} ${number}`, run.report, each, print);
    }
    stabilities.push(stabilityOf(runs.map(({ report }) => report.findings)));
  }
  const stability = stabilities.reduce((sum, each) => sum + each, 0) / Math.max(1, stabilities.length);
  return { ...sums, stability, cost };
}

function printRun(name: string, report: ReviewReport, each: Case, print: (line: string) => void): void {
  const score = scoreRun(each, report.findings);
  const found = `${score.found} of ${each.problems.length} found`;
  print(`${name}: ${found}, ${report.findings.length} findings, ${describeCost(costOfRun(report))}`);
  for (const what of score.missed) print(`  missed: ${what}`);
  for (const what of score.wrong) print(`  known to be no problem: ${what}`);
  for (const what of score.other) print(`  neither known as a problem nor as none: ${what}`);
  for (const { category, reason } of report.reviewers) {
    if (reason !== undefined) print(`  ${category} reviewer: ${reason}`);
  }
}

/** The figures of all runs, a line each. */
export function describeTotals(totals: Totals, runs: number): readonly string[] {
  const { cost, clean, alarms } = totals;
  return [
    `precision               ${ratio(totals.right, totals.findings)}`,
    `recall                  ${ratio(totals.found, totals.problems)}`,
    `said more than once     ${totals.repeated}`,
    `known to be no problem  ${totals.wrong}`,
    `false alarms            ${clean === 0 ? 'no clean case' : `${(alarms / clean).toFixed(2)} for each clean pull request`}`,
    `stability               ${totals.stability.toFixed(2)} over ${runs} runs`,
    `anchor validity         ${ratio(totals.anchored, totals.findings)}`,
    `coverage                ${ratio(cost.hunksRead, cost.hunksTotal)} hunks`,
    `tokens, money, time     ${describeCost(cost)}`,
  ];
}
