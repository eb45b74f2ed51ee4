import type { RepositoryRef } from './pull-request.ts';

/** More are not read: a change that closes many issues is compared with the first ones. */
const MAX_ISSUES = 3;
const MAX_TEXT = 50_000;
/** What is quoted, or hidden, closes nothing. */
const NOT_SAID = /<!--[\s\S]*?(?:-->|$(?![\s\S]))|^(`{3,}|~{3,})[\s\S]*?(?:^\1.*$|$(?![\s\S]))|`[^`\n]*`/gm;

/**
 * Numbers of the issues of this repository that a pull request says it closes, in the order in which it names them.
 *
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export function closingReferences(description: string, { owner, repo }: RepositoryRef): readonly number[] {
  const name = escapeRegExp(`${owner}/${repo}`);
  const reference = `(?:#|GH-|${name}#|https?://[^\\s/]+/${name}/issues/)(\\d{1,9})\\b`;
  const closing = new RegExp(`\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \\t]+${reference}`, 'gi');
  const said = description.slice(0, MAX_TEXT).replace(NOT_SAID, ' ');
  const numbers = [...said.matchAll(closing)].map(([, number]) => Number(number));
  return [...new Set(numbers)].slice(0, MAX_ISSUES);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
