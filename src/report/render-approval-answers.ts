import type { Finding } from '../domain/finding.ts';
import { codeSpan } from './escape.ts';
import { count } from './words.ts';

/** What was asked for and cannot be approved. */
export interface Unapproved {
  /** Numbers and ids that no finding of the summary goes by. */
  readonly unknown: readonly string[];
  /** Findings that are no visual changes. */
  readonly behaviour: readonly Finding[];
}

const WHY =
  'an approval covers how things look, never what they do: fix it, or leave it alone with `/dismiss id why`';
const MAX_NAMED = 5;

export function renderNothingToApprove(why: string): string {
  return `Nothing was approved: ${why}.`;
}

/** Undefined when everything that was asked for is approved. */
export function renderApproval(approved: number, { unknown, behaviour }: Unapproved): string | undefined {
  const done = approved === 0 ? 'Nothing was approved.' : `${count(approved, 'visual change')} approved.`;
  const named = behaviour
    .slice(0, MAX_NAMED)
    .map(({ id, category }) => `${codeSpan(id)} (${category})`)
    .join(', ');
  const more = behaviour.length > MAX_NAMED ? ` and ${behaviour.length - MAX_NAMED} more` : '';
  const lines = [
    ...(unknown.length === 0
      ? []
      : [
          `No visual change of the summary goes by ${unknown.map((word) => codeSpan(word, 20)).join(', ')}; only those have numbers that can be approved.`,
        ]),
    ...(behaviour.length === 0 ? [] : [`Not covered: ${named}${more}; ${WHY}.`]),
  ];
  if (lines.length === 0 && approved > 0) return undefined;
  if (lines.length === 0) return renderNothingToApprove('the summary tells of no visual change that is open');
  return [done, ...lines].join(' ');
}
