import type { Hunk } from '../domain/diff.ts';
import type { Location, ReviewCategory } from '../domain/finding.ts';
import { type Candidate, type Rejected, reject } from './candidates.ts';
import type { Quote, RawClaim } from './claim-schema.ts';
import { findQuote, shownLines } from './match-quote.ts';
import type { ReadableFile } from './task.ts';

const MAX_ANCHOR_LINES = 10;
/** A scenario in fewer characters says nothing. */
const MIN_SCENARIO = 12;
const MIN_RULE = 10;
/** Below this the finder itself does not believe it. Of what could be grave, a doubt is worth a second look. */
const MIN_CONFIDENCE: Readonly<Record<ReviewCategory, number>> = { security: 0.3, logic: 0.5, style: 0.5 };

export interface GateContext {
  readonly files: ReadonlyMap<string, ReadableFile>;
  /** Texts of the written rules by path, from the base. */
  readonly rules: ReadonlyMap<string, string>;
  /** Files of the head beyond the changed ones that a claim quotes, as far as they exist. */
  readonly others: ReadonlyMap<string, string>;
  readonly model: string;
}

/**
 * Checks a claim by what can be checked without a model: the quote stands at the commit, white space aside, in a hunk; the
 * mechanism names lines that exist; a scenario is given; a rule of style is quoted from the base.
 */
export function checkClaim(
  claim: RawClaim,
  category: ReviewCategory,
  context: GateContext,
): Candidate | Rejected {
  const refuse = (reason: string): Rejected => reject(claim, category, reason);
  const file = context.files.get(claim.path);
  if (file === undefined) return refuse('it names a file that the change does not touch');
  const { trigger, mechanism, consequence } = claim;
  // A broken rule is a case by itself.
  const scenario = category === 'style' ? [] : [trigger, mechanism, consequence];
  if (scenario.some((text) => text.trim().length < MIN_SCENARIO)) {
    return refuse('it gives no concrete case');
  }
  if (claim.confidence < MIN_CONFIDENCE[category]) return refuse('its own finder does not believe it');
  const anchor = findAnchor(claim, file);
  if (anchor === undefined) return refuse('its quote does not match the code of the change');
  const evidence = claim.evidence.flatMap((quote) => placeQuote(quote, context) ?? []);
  if (claim.evidence.length > 0 && evidence.length === 0) {
    return refuse('the lines that it rests on do not exist as quoted');
  }
  if (namesNoLine(claim, context)) return refuse('it names a line that no file has');
  const rule = category === 'style' ? findRule(claim, context.rules) : undefined;
  if (category === 'style' && rule === undefined) {
    return refuse('it quotes no written rule of the base branch');
  }
  if (category === 'style' && !isOnAddedLine(anchor.location, file)) {
    return refuse('it is about a line that the change does not add');
  }
  const replacement = usefulReplacement(claim, anchor);
  return {
    category,
    kind: claim.kind,
    title: claim.title,
    trigger,
    mechanism,
    consequence,
    severity: category === 'style' && claim.severity !== 'medium' ? 'low' : claim.severity,
    confidence: claim.confidence,
    location: anchor.location,
    code: anchor.code,
    evidence,
    ...(rule === undefined ? {} : { rule }),
    ...(replacement === undefined ? {} : { replacement }),
    model: context.model,
  };
}

/** Where the claim's quote stands: in the change, in the rest of a changed file, or nowhere. */
export function placeOfClaim(
  claim: RawClaim,
  files: ReadonlyMap<string, ReadableFile>,
): 'change' | 'file' | 'nowhere' {
  const file = files.get(claim.path);
  if (file === undefined) return 'nowhere';
  if (findAnchor(claim, file) !== undefined) return 'change';
  const isThere = findQuote(shownLines(file.head), claim.code, claim.startLine) !== undefined;
  return isThere ? 'file' : 'nowhere';
}

interface Anchor {
  readonly location: Location;
  /** The lines as they stand in the file, without changes for display. */
  readonly code: string;
}

/** The place of the quote: on the side that was named, else on the other; what is not in a hunk has no place. */
function findAnchor(claim: RawClaim, file: ReadableFile): Anchor | undefined {
  const line = Math.min(claim.startLine, claim.endLine);
  const sides = claim.side === 'old' ? (['LEFT', 'RIGHT'] as const) : (['RIGHT', 'LEFT'] as const);
  for (const side of sides) {
    const text = side === 'RIGHT' ? file.head : (file.base ?? '');
    const lines = shownLines(text);
    const commentable = linesOfDiff(file.hunks, side);
    // In the diff first, so that the same words elsewhere in the file do not draw the claim away.
    const inDiff = lines.map((each, index) => (commentable.has(index + 1) ? each : '\0'));
    const place = findQuote(inDiff, claim.code, line) ?? findQuote(lines, claim.code, line);
    const clipped = place === undefined ? undefined : clip(place, commentable);
    if (clipped === undefined) continue;
    const code = text
      .split('\n')
      .slice(clipped.startLine - 1, clipped.endLine)
      .join('\n');
    return { location: { path: file.path, side, ...clipped }, code };
  }
  return undefined;
}

interface Range {
  readonly startLine: number;
  readonly endLine: number;
}

/** The first lines of a range that follow each other in the diff, ten at most. */
function clip({ startLine, endLine }: Range, commentable: ReadonlySet<number>): Range | undefined {
  let first = startLine;
  while (first <= endLine && !commentable.has(first)) first += 1;
  if (first > endLine) return undefined;
  let last = first;
  while (last < endLine && last - first + 1 < MAX_ANCHOR_LINES && commentable.has(last + 1)) last += 1;
  return { startLine: first, endLine: last };
}

/** The lines of one side that a comment can stand at. Of the base, only what went away: the rest is on the head too. */
function linesOfDiff(hunks: readonly Hunk[], side: Location['side']): ReadonlySet<number> {
  const numbers = hunks.flatMap(({ lines }) =>
    lines.flatMap(({ kind, newLine, oldLine }) => {
      const number = side === 'RIGHT' ? newLine : kind === 'removed' ? oldLine : undefined;
      return number === undefined ? [] : [number];
    }),
  );
  return new Set(numbers);
}

/** The quote with the line at which it stands; undefined when it stands nowhere. */
function placeQuote(quote: Quote, { files, others }: GateContext): Quote | undefined {
  const file = files.get(quote.path);
  return correctQuote(quote, [file?.head, file?.base, others.get(quote.path)]);
}

/** The quote with the line at which the first of `texts` that has it has it; models count lines badly. */
export function correctQuote(quote: Quote, texts: readonly (string | undefined)[]): Quote | undefined {
  for (const text of texts) {
    const place = text === undefined ? undefined : findQuote(shownLines(text), quote.code, quote.line);
    if (place !== undefined) return { ...quote, line: place.startLine };
  }
  return undefined;
}

/** Whether it speaks of a line beyond the end of every file that it can mean. */
function namesNoLine({ mechanism }: RawClaim, { files, others }: GateContext): boolean {
  const named = [...mechanism.matchAll(/\blines? (\d+)(?:\s*(?:-|–|to|and)\s*(\d+))?/gi)].flatMap(
    ([, first, last]) => [Number(first), Number(last ?? first)],
  );
  if (named.length === 0) return false;
  const texts = [...[...files.values()].flatMap(({ head, base = '' }) => [head, base]), ...others.values()];
  const longest = Math.max(...texts.map((text) => text.split('\n').length));
  return named.some((number) => number > longest);
}

/** The rule's words stand in its file, white space and marks of lists aside; when no such file is known, in another. */
function findRule({ rule }: RawClaim, rules: ReadonlyMap<string, string>): Candidate['rule'] {
  if (rule === null || rule === undefined) return undefined;
  const wanted = foldRule(rule.text);
  if (wanted.length < MIN_RULE) return undefined;
  const paths = rules.has(rule.path) ? [rule.path] : [...rules.keys()];
  const path = paths.find((one) => foldRule(rules.get(one) ?? '').includes(wanted));
  return path === undefined ? undefined : { path, text: rule.text.replace(/\s+/g, ' ').trim() };
}

function foldRule(text: string): string {
  return text
    .replace(/^[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|>)[ \t]+/gm, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function isOnAddedLine({ side, startLine, endLine }: Location, file: ReadableFile): boolean {
  return (
    side === 'RIGHT' &&
    file.hunks.some(({ lines }) =>
      lines.some(
        ({ kind, newLine }) =>
          kind === 'added' && newLine !== undefined && newLine >= startLine && newLine <= endLine,
      ),
    )
  );
}

/** Text that replaces exactly the quoted lines and is other than they are. */
function usefulReplacement(
  { replacement, startLine, endLine }: RawClaim,
  { location, code }: Anchor,
): string | undefined {
  if (replacement === null || replacement === undefined || location.side === 'LEFT') return undefined;
  // The text was written for as many lines as were named; with another number it would cut or double some.
  if (endLine - startLine !== location.endLine - location.startLine) return undefined;
  const text = replacement.replace(/\r/g, '').replace(/\n$/, '');
  return text.replace(/\s+/g, ' ').trim() === code.replace(/\s+/g, ' ').trim() ? undefined : text;
}
