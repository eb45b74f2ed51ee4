import type { VerifyReport } from '../domain/report.ts';
import { codeSpan, escapeText } from './escape.ts';
import { count } from './words.ts';

/** How many of the changed parts were seen at work, such as `3 of 4 changed parts were exercised`; empty when not known. */
export function countExercised({ exercised }: Pick<VerifyReport, 'exercised'>): string {
  if (exercised === undefined || exercised.length === 0) return '';
  const seen = exercised.filter(({ by }) => by.length > 0).length;
  const all = count(exercised.length, 'changed part');
  return `${seen} of ${all} ${exercised.length === 1 ? 'was' : 'were'} exercised`;
}

/** Each changed part with what exercised it or why nothing did, one line each, inert Markdown. */
export function renderExercised({ exercised = [] }: Pick<VerifyReport, 'exercised'>): readonly string[] {
  return missedFirst(exercised).map((part) => {
    const place = codeSpan(placeOf(part), 150);
    return `- ${place}: ${escapeText(describe(part), 400)}`;
  });
}

/** The same for a terminal. */
export function listExercised({ exercised = [] }: Pick<VerifyReport, 'exercised'>): readonly string[] {
  return missedFirst(exercised).map((part) => `${placeOf(part)}: ${describe(part)}`);
}

type Part = NonNullable<VerifyReport['exercised']>[number];

/** What was not seen is what a reader may have to try. */
function missedFirst(parts: readonly Part[]): readonly Part[] {
  return parts.toSorted((a, b) => Math.sign(a.by.length) - Math.sign(b.by.length));
}

function placeOf({ path, startLine, endLine }: Part): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

function describe({ by, why, code }: Part): string {
  if (by.length === 0) return `not exercised: ${why ?? 'no reason known'}`;
  const note =
    code?.kind === 'partly-ran' || code?.kind === 'not-run'
      ? ` (${code.why})`
      : code?.kind === 'unknown'
        ? ' (whether its code ran is not known)'
        : '';
  return `exercised by ${by.join('; ')}${note}`;
}
