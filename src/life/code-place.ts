import { createHash } from 'node:crypto';
import type { FileDiff } from '../domain/diff.ts';
import type { Finding } from '../domain/finding.ts';
import type { CodePlace } from '../domain/ledger.ts';
import { findDeclarations } from '../lib/enclosing-symbol.ts';

const MAX_LINES = 10;

/**
 * Where a finding lives in `text`, the content of its file on its side of the diff: path, enclosing symbol, rule or
 * class of claim, normalised code, and never the line. `undefined` for a finding without a location, or outside of the
 * text.
 */
export function placeOf(finding: Finding, text: string | undefined): CodePlace | undefined {
  const { location } = finding;
  if (location === undefined || text === undefined) return undefined;
  const lines = linesOf(text);
  const first = location.startLine - 1;
  if (first >= lines.length) return undefined;
  const own = lines.slice(first, Math.min(location.endLine, location.startLine + MAX_LINES - 1));
  // A range of brackets only has no code of its own; the first telling line below it stands in.
  const telling = own.some(isTelling) ? own : lines.slice(first).filter(isTelling).slice(0, 1);
  return {
    path: hashOf(location.path),
    symbol: hashOf(
      findDeclarations(lines, first)
        .map(({ name }) => name)
        .join('.'),
    ),
    rule: hashOf(claimClass(finding)),
    lines: telling.filter(isTelling).map(hashLine),
    near: [
      hashLine(lines.slice(0, first).findLast(isTelling) ?? ''),
      hashLine(lines.slice(first + own.length).find(isTelling) ?? ''),
    ],
    block: hashBlock(lines, first),
    file: hashFile(text),
  };
}

/**
 * The rule of a deterministic finding. What a model argues has no rule, and its words change from run to run: its
 * class is its category.
 */
export function claimClass({
  evidence,
  category,
  source,
}: Pick<Finding, 'evidence' | 'category' | 'source'>): string {
  return evidence === 'argued' ? `argued ${category}` : source;
}

/** The content of a file as places are compared with it. */
export interface CodeText {
  readonly text: string;
  /** Of the whole; a change of white space is no change. */
  readonly hash: string;
  /** Whether the lines of `place` still follow each other somewhere. */
  holds(place: Pick<CodePlace, 'lines'>): boolean;
  /** Where they do, in lines counted from 1. */
  rangesOf(
    place: Pick<CodePlace, 'lines'>,
  ): readonly { readonly startLine: number; readonly endLine: number }[];
  /** Whether they do so in a declaration that is as it was. */
  holdsBlock(place: Pick<CodePlace, 'lines' | 'block'>): boolean;
}

export function readCode(text: string): CodeText {
  const all = linesOf(text);
  const telling = all.flatMap((line, index) => (isTelling(line) ? [{ index, hash: hashLine(line) }] : []));
  const known = new Set(telling.map(({ hash }) => hash));
  const find = (lines: readonly string[]): readonly { readonly start: number; readonly end: number }[] => {
    if (!lines.every((line) => known.has(line))) return [];
    return telling.flatMap(({ index: start }, at) =>
      lines.every((line, index) => telling[at + index]?.hash === line)
        ? [{ start, end: telling[at + lines.length - 1]?.index ?? start }]
        : [],
    );
  };
  return {
    text,
    hash: hashFile(text),
    holds: ({ lines }) => find(lines).length > 0,
    rangesOf: ({ lines }) =>
      find(lines).map(({ start, end }) => ({ startLine: start + 1, endLine: end + 1 })),
    holdsBlock: ({ lines, block }) => find(lines).some(({ start }) => hashBlock(all, start) === block),
  };
}

function hashBlock(lines: readonly string[], index: number): string {
  const innermost = findDeclarations(lines, index).at(-1);
  const block = innermost === undefined ? lines : lines.slice(innermost.start, innermost.end + 1);
  return hashOf(block.map(normaliseLine).join('\n'));
}

function hashFile(text: string): string {
  return hashOf(linesOf(text).map(normaliseLine).join('\n'));
}

/** Of everything that the diff adds and removes. */
export function digestOf(diff: readonly FileDiff[]): string {
  const hash = createHash('sha256');
  for (const { path, oldPath, status, hunks } of diff) {
    hash.update(JSON.stringify([path, oldPath, status]));
    for (const { lines } of hunks) {
      for (const { kind, text } of lines) if (kind !== 'context') hash.update(`${kind}\n${text}\n`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** The symbol of code that stands in no declaration. */
export const NO_SYMBOL = hashOf('');

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

/** Brackets alone say nothing about where they are. */
function isTelling(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

function hashLine(line: string): string {
  return hashOf(normaliseLine(line)).slice(0, 6);
}

/** What a formatter may change is no change: white space, the kind of quotes, the last comma or semicolon. */
function normaliseLine(line: string): string {
  return line
    .replace(/\s+/g, '')
    .replace(/["`]/g, "'")
    .replace(/[,;]+$/, '');
}
