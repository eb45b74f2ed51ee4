import type { Diagnostic } from '../../src/review/ports.ts';
import type { Label } from './labels.ts';

/** How a set of findings fares against labels. */
export interface Score {
  readonly vulnerable: number;
  readonly found: number;
  readonly safe: number;
  readonly flagged: number;
}

/** A label with what was found at it. */
export interface Hit {
  readonly label: Label;
  readonly findings: readonly Diagnostic[];
}

/** Gives each label the findings that start on its lines. */
export function matchLabels(labels: readonly Label[], findings: readonly Diagnostic[]): readonly Hit[] {
  const byPath = Map.groupBy(findings, ({ path }) => path);
  return labels.map((label) => ({
    label,
    findings: (byPath.get(label.path) ?? []).filter(
      ({ startLine }) => startLine >= label.line && startLine <= label.lastLine,
    ),
  }));
}

export function score(hits: readonly Hit[]): Score {
  const vulnerable = hits.filter(({ label }) => label.kind === 'vulnerable');
  const safe = hits.filter(({ label }) => label.kind === 'safe');
  const isHit = ({ findings }: Hit): boolean => findings.length > 0;
  return {
    vulnerable: vulnerable.length,
    found: vulnerable.filter(isHit).length,
    safe: safe.length,
    flagged: safe.filter(isHit).length,
  };
}

/** `70.1 %`, or a dash where there is nothing to count. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** A line of a table: name, recall, flagged near misses, precision. */
export function row(name: string, { vulnerable, found, safe, flagged }: Score): readonly string[] {
  return [
    name,
    `${found}/${vulnerable}`,
    percent(found, vulnerable),
    `${flagged}/${safe}`,
    percent(flagged, safe),
    percent(found, found + flagged),
  ];
}

/** Rows as text, columns aligned, the first to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
