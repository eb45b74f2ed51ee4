import type { Finding, Severity } from '../domain/finding.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { describeCost } from './describe-cost.ts';
import { clip, oneLine, stripInvisible } from './escape.ts';
import { previewHeadline, reviewHeadline } from './headline.ts';
import { countExercised, listExercised } from './render-exercised.ts';
import { uniqueFindings } from './select-findings.ts';
import { count, countBySeverity, describePlace, describeSteps, duration, hunksReadOf } from './words.ts';

type Paint = (text: string) => string;

interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

/** Renders a report for a terminal: findings first, then what was and was not looked at. */
export function renderText(
  report: ReviewReport | VerifyReport,
  options: { readonly colour: boolean },
): string {
  const palette = createPalette(options.colour);
  const findings = uniqueFindings(report.findings);
  const headline = report.kind === 'review' ? reviewHeadline(report) : previewHeadline(report);
  const sections = [
    palette.bold(line(headline)),
    ...findings.map((finding) => renderFinding(finding, palette)),
    ...(report.kind === 'review' ? reviewSections(report, palette) : verifySections(report, palette)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderFinding(finding: Finding, palette: Palette): string {
  const label = `${palette.severity[finding.severity](finding.severity.padEnd(8))} ${line(finding.title)}`;
  const place = [describePlace(finding), finding.viewport].filter(
    (part) => part !== undefined && part !== '',
  );
  const about = [...place, finding.category, finding.evidence, finding.source].map((part) =>
    line(part ?? ''),
  );
  const body = clip(stripInvisible(finding.body), 2000)
    .split('\n')
    .map((text) => `         ${text}`.trimEnd());
  const shots = Object.values(finding.screenshots ?? {}).filter((name) => name !== undefined);
  return [
    label,
    palette.dim(`         ${about.join(' · ')}`),
    ...(finding.body.trim() === '' ? [] : body),
    ...field('steps', finding.steps === undefined ? undefined : describeSteps(finding.steps, 40)),
    ...field('expected', finding.expected),
    ...field('actual', finding.actual),
    ...field('pictures', shots.length === 0 ? undefined : shots.join(' ')),
    ...field('test', finding.witness),
  ].join('\n');
}

function field(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`         ${name.padEnd(8)} ${oneLine(value, 1500)}`];
}

function reviewSections(report: ReviewReport, palette: Palette): readonly string[] {
  const rows = report.reviewers.map((reviewer) => [
    reviewer.category,
    reviewer.status === 'reviewed' ? hunksReadOf(reviewer.hunksRead, reviewer.hunksTotal) : reviewer.status,
    reviewer.status === 'reviewed' && (reviewer.hunksTotal > 0 || reviewer.findings > 0)
      ? count(reviewer.findings, 'finding')
      : 'not known',
    duration(reviewer.ms),
    reviewer.reason ?? reviewer.engine,
  ]);
  const gaps = [
    ...report.notAnalysed.map((file) => `${file.path}: ${file.reason}`),
    ...[...Map.groupBy(report.notShown, (hidden) => hidden.reason)].map(
      ([reason, hidden]) => `${count(hidden.length, 'finding')} not shown: ${reason}`,
    ),
  ];
  const cost = report.reviewers.some(({ tokens }) => tokens > 0) ? [describeCost(report)] : [];
  return [
    section('Reviewers', table(rows), palette),
    section('Not looked at', gaps.map(line), palette),
    palette.dim([line(report.sandbox), ...cost.map(line), duration(report.ms)].join(' · ')),
  ];
}

function verifySections(report: VerifyReport, palette: Palette): readonly string[] {
  const flows = report.flows.map((flow) => [
    flow.status,
    flow.name,
    flow.viewport,
    flow.why ?? count(flow.steps.length, 'step'),
  ]);
  const { states, transitions, actions, pages, notReached } = report.coverage;
  const gaps = [
    ...notReached.map(({ what, why }) => `${what}: ${why}`),
    ...report.noise.map(({ what, where, how }) => `masked as noise: ${what} on ${where} (${how})`),
  ];
  const known = uniqueFindings(report.preExisting);
  const changes = report.changes.map(({ title, viewport }) => line(`${title} (${viewport ?? ''})`));
  return [
    section('Flows', table(flows), palette),
    section(countExercised(report), listExercised(report).map(line), palette),
    section('Not looked at', gaps.map(line), palette),
    section('Visible changes that look intended', changes, palette),
    known.length === 0 ? '' : `On the base too: ${countBySeverity(known)}`,
    palette.dim(
      [
        `${count(pages.length, 'page')}, ${count(states, 'state')}, ${count(transitions, 'transition')}, ${count(actions, 'action')}`,
        `login ${report.login.kind}`,
        report.base === undefined ? 'no base to compare with' : `base ${line(report.base)}`,
        `seed ${report.seed}`,
        duration(report.ms),
      ].join(' · '),
    ),
  ];
}

function section(title: string, lines: readonly string[], palette: Palette): string {
  return lines.length === 0 ? '' : [palette.bold(title), ...lines.map((text) => `  ${text}`)].join('\n');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const clean = rows.map((row) => row.map((cell) => oneLine(cell, 120)));
  const widths = clean.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return clean.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function line(text: string): string {
  return oneLine(text, 400);
}

function createPalette(hasColour: boolean): Palette {
  const sgr =
    (code: number): Paint =>
    (text) =>
      hasColour ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    bold: sgr(1),
    dim: sgr(2),
    severity: { critical: sgr(35), high: sgr(31), medium: sgr(33), low: sgr(36) },
  };
}
