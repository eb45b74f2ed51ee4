import { type Finding, SEVERITIES } from '../domain/finding.ts';
import { describeStep, type Step } from '../domain/flow.ts';

/** `1 flow`, `2 flows`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** `25 of 25 hunks read`, `1,999 of 3,000 hunks read`; none to read is no success. */
export function hunksReadOf(read: number, total: number): string {
  if (total === 0) return 'nothing to read';
  return `${read.toLocaleString('en-US')} of ${count(total, 'hunk')} read`;
}

/** `12 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return seconds % 60 === 0
    ? `${Math.floor(seconds / 60)} min`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `2 critical, 1 low`, most severe first; `none` when there are none. */
export function countBySeverity(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? undefined : `${number.toLocaleString('en-US')} ${severity}`;
  }).filter((text) => text !== undefined);
  return counts.length === 0 ? 'none' : counts.join(', ');
}

export function shortSha(sha: string): string {
  return /^[0-9a-f]{7,64}$/i.test(sha) ? sha.slice(0, 7) : sha.slice(0, 12);
}

/** `Open /cart → click “Apply” → …`, not escaped; the middle of a long way is left out. */
export function describeSteps(steps: readonly Step[], max = 14): string {
  const words = steps.map(describeStep);
  const shown =
    words.length <= max
      ? words
      : [...words.slice(0, max - 5), `… ${count(words.length - max + 1, 'more step')} …`, ...words.slice(-4)];
  const text = shown.join(' → ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `src/cart.ts:12` or `src/cart.ts:12-14`, not escaped. */
export function describePlace(finding: Finding): string {
  const location = finding.location;
  if (location === undefined) return finding.url ?? '';
  const end = location.endLine === location.startLine ? '' : `-${location.endLine}`;
  return `${location.path}:${location.startLine}${end}`;
}

export function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
