/** A rule of a style sheet with the lines from its selector to its closing brace. */
export interface StyleRule {
  /** Selectors as they match in the page, those of outer rules worked in. */
  readonly selectors: readonly string[];
  readonly startLine: number;
  readonly endLine: number;
  /** Lines of the rules inside of it, which speak for themselves. */
  readonly inner: readonly (readonly [number, number])[];
}

const MAX_RULES = 20_000;
const MAX_DEPTH = 30;
const MAX_SELECTORS = 40;
const MAX_SELECTOR = 300;

interface Open {
  readonly selectors: readonly string[];
  readonly startLine: number;
  readonly inner: [number, number][];
  /** Inside of `@keyframes` and the like nothing is a selector. */
  readonly isSilent: boolean;
  readonly isRule: boolean;
}

/** Reads the rules of CSS, SCSS or Less, nested ones too. What is not balanced is read as far as it goes. */
export function readStyleRules(source: string): readonly StyleRule[] {
  const text = withoutComments(source);
  const rules: StyleRule[] = [];
  const open: Open[] = [];
  let line = 1;
  let start = 0;
  let startLine = 1;
  for (let at = 0; at < text.length && rules.length < MAX_RULES; at++) {
    const character = text[at];
    if (character === '\n') line += 1;
    else if (character === '"' || character === "'") at = endOfString(text, at);
    else if (character === '#' && text[at + 1] === '{') at = Math.max(at, text.indexOf('}', at));
    else if (character === ';') start = at + 1;
    else if (character === '{') {
      if (open.length > MAX_DEPTH) return rules;
      const head = text.slice(start, at);
      startLine = line - countBreaks(head.trimStart());
      open.push(toOpen(head.trim(), open.at(-1), startLine));
      start = at + 1;
    } else if (character === '}') {
      const ended = open.pop();
      start = at + 1;
      if (ended === undefined) continue;
      open.at(-1)?.inner.push([ended.startLine, line]);
      if (ended.isRule && !ended.isSilent)
        rules.push({
          selectors: ended.selectors,
          startLine: ended.startLine,
          endLine: line,
          inner: ended.inner,
        });
    }
  }
  return rules;
}

function toOpen(head: string, outer: Open | undefined, startLine: number): Open {
  const base = { startLine, inner: [], isSilent: outer?.isSilent === true };
  if (!head.startsWith('@'))
    return { ...base, selectors: nest(outer?.selectors ?? [], splitList(head)), isRule: true };
  const isSilent =
    base.isSilent ||
    /^@(?:-\w+-)?(?:keyframes|font-face|page|property|counter-style|mixin|function|font-feature-values)\b/.test(
      head,
    );
  return { ...base, selectors: outer?.selectors ?? [], isSilent, isRule: outer?.isRule === true };
}

function nest(outer: readonly string[], own: readonly string[]): readonly string[] {
  if (outer.length === 0) return own.slice(0, MAX_SELECTORS);
  return outer
    .flatMap((one) =>
      own.map((inner) => (inner.includes('&') ? inner.replaceAll('&', () => one) : `${one} ${inner}`)),
    )
    .filter((one) => one.length <= MAX_SELECTOR)
    .slice(0, MAX_SELECTORS);
}

/** At the commas that stand outside of brackets. */
function splitList(head: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < head.length; at++) {
    const character = head[at];
    if (character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(head.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, head.slice(start)]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
}

/** Comments become blanks, lines stay. `//` is one in SCSS and Less; in an address it is not. */
function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|(^|[\s;{}])\/\/[^\n]*/g,
    (comment, before: string | undefined) =>
      `${before ?? ''}${comment.slice((before ?? '').length).replace(/[^\n]/g, ' ')}`,
  );
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote || text[at] === '\n') return text[at] === '\n' ? at - 1 : at;
  }
  return text.length;
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
