import { COMPONENT, MARKUP, SCRIPT, STYLE } from './kinds-of-files.ts';
import type { ScriptLanguage } from './ports.ts';

/** A part of a file in one language. */
export interface Block {
  readonly kind: 'script' | 'style' | 'markup';
  readonly text: string;
  /** Lines of the file before its first. */
  readonly linesBefore: number;
  readonly language: ScriptLanguage;
}

const TAG = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1\s*>/gi;
const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/;
const DATA_SCRIPT =
  /\btype\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/(?:template|x-|html)|importmap|speculationrules)/i;

/** Splits a file into its scripts, styles and markup; lines stay where they are. */
export function blocksOf(path: string, text: string): readonly Block[] {
  if (SCRIPT.test(path)) return [{ kind: 'script', text, linesBefore: 0, language: languageOf(path) }];
  if (STYLE.test(path)) return [{ kind: 'style', text, linesBefore: 0, language: 'js' }];
  if (!COMPONENT.test(path) && !MARKUP.test(path))
    return [{ kind: 'markup', text, linesBefore: 0, language: 'js' }];
  const blocks: Block[] = [];
  let markup = text;
  const isAstro = /\.astro$/i.test(path);
  const front = isAstro ? FRONT_MATTER.exec(text) : null;
  if (front !== null) {
    blocks.push({ kind: 'script', text: front[1] ?? '', linesBefore: 1, language: 'ts' });
    markup = blank(text, 0, front[0].length);
  }
  for (const match of markup.matchAll(TAG)) {
    const [all, tag = '', attributes = '', inner = ''] = match;
    const start = match.index + all.indexOf('>', tag.length) + 1;
    markup = blank(markup, match.index, all.length);
    if (DATA_SCRIPT.test(attributes)) continue;
    const isScript = tag.toLowerCase() === 'script';
    blocks.push({
      kind: isScript ? 'script' : 'style',
      text: inner,
      linesBefore: countLines(text.slice(0, start)),
      language:
        isAstro || /\blang\s*=\s*["']?ts(x?)/i.test(attributes)
          ? /tsx/i.test(attributes)
            ? 'tsx'
            : 'ts'
          : /jsx/i.test(attributes)
            ? 'jsx'
            : 'js',
    });
    // `<script src>` and `<style src>` stay visible to who reads the markup.
    const opening = all.slice(0, all.indexOf('>', tag.length) + 1);
    markup = markup.slice(0, match.index) + opening + markup.slice(match.index + opening.length);
  }
  return [...blocks, { kind: 'markup', text: markup, linesBefore: 0, language: 'js' }];
}

function languageOf(path: string): ScriptLanguage {
  if (/\.tsx$/i.test(path)) return 'tsx';
  return /\.[cm]?ts$/i.test(path) ? 'ts' : 'jsx';
}

/** Keeps the lines. */
function blank(text: string, start: number, length: number): string {
  const middle = text.slice(start, start + length).replace(/[^\n]/g, ' ');
  return text.slice(0, start) + middle + text.slice(start + length);
}

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
