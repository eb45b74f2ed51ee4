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
 * Checks a claim by what can be checked without a model: the quote stands at the commit byte for byte, in a hunk; the
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
  if ([trigger, mechanism, consequence].some((text) => text.trim().length < MIN_SCENARIO)) {
    return refuse('it gives no concrete case');
  }
  if (claim.confidence < MIN_CONFIDENCE[category]) return refuse('its own finder does not believe it');
  const anchor = findAnchor(claim, file);
  if (anchor === undefined) return refuse('its quote does not match the code of the change');
  const evidence = claim.evidence.filter((quote) => isTrueQuote(quote, context));
  if (claim.evidence.length > 0 && evidence.length === 0) {
    return refuse('the lines that it rests on do not exist as quoted');
  }
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

/** Whether the claim's quote stands in the change. */
export function hasPlace(claim: RawClaim, files: ReadonlyMap<string, ReadableFile>): boolean {
  const file = files.get(claim.path);
  return file !== undefined && findAnchor(claim, file) !== undefined;
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

function isTrueQuote({ path, line, code }: Quote, { files, others }: GateContext): boolean {
  const file = files.get(path);
  const texts = [file?.head, file?.base, others.get(path)].filter((text) => text !== undefined);
  return texts.some((text) => findQuote(shownLines(text), code, line) !== undefined);
}

/** The rule's words stand in its file, white space and marks of lists aside. */
function findRule({ rule }: RawClaim, rules: ReadonlyMap<string, string>): Candidate['rule'] {
  if (rule === null || rule === undefined) return undefined;
  const wanted = foldRule(rule.text);
  const text = rules.get(rule.path);
  if (text === undefined || wanted.length < MIN_RULE || !foldRule(text).includes(wanted)) return undefined;
  return { path: rule.path, text: rule.text.replace(/\s+/g, ' ').trim() };
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
