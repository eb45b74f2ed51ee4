/** Longer lines are looked at only so far: they are generated, or meant to keep us busy. */
const MAX_LINE = 200;
/** How far up the declarations around a line are looked for. */
const MAX_LINES_UP = 5000;
const MAX_DEPTH = 8;

/** Declarations of the languages that people review, by the word that begins them. */
const KEYWORD =
  /\b(?:function|class|interface|enum|namespace|module|struct|trait|impl|fn|func|def|sub|object|record|type|protocol|extension|contract)\b[ \t]*\*?[ \t]*(?:\([^)]*\)[ \t]*)?([A-Za-z_$][\w$]*)/;
/** `const total = (…) =>`, `total: function (…) {`. */
const VALUE =
  /^\s*(?:export\s+)?(?:(?:const|let|var|val)\s+)?([A-Za-z_$][\w$]*)\s*[:=][^=].*(?:=>|\bfunction\b|\blambda\b)/;
/** `async total(items: Item[]): number {`, but no `if (…) {`; where lines end without a semicolon, also `total(items)`. */
const METHOD = /^\s*((?:[a-z]+\s+){0,5})[*#]?([A-Za-z_$][\w$]*)\s*(?:<[^>]*>)?\([^;]*$/;
const NO_METHODS =
  /^(?:if|for|foreach|while|until|unless|switch|catch|return|else|with|do|await|elif|elsif|except|match|case|when|throw|raise|yield|assert|new|typeof|void|delete|defer|go|not|and|or|in|is|using|lock|echo|print|puts)$/;

const COMMENT = /^\s*(?:\/\/|\*|#(?!\w+\s*\()|--)/;

/** A declaration around a line; lines are counted from 0, both ends included. */
export interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the declarations around `index` (a line counted from 0), outermost first, by indentation and the words that
 * declare things. A guess that is the same for the same code, in any language that is indented.
 */
export function findDeclarations(lines: readonly string[], index: number): readonly Declaration[] {
  const found: Declaration[] = [];
  let indent = Number.POSITIVE_INFINITY;
  const stop = Math.max(0, index - MAX_LINES_UP);
  for (let at = index; at >= stop && indent > 0 && found.length < MAX_DEPTH; at -= 1) {
    const line = lines[at] ?? '';
    const depth = indentOf(line);
    if (depth === undefined || depth >= indent) continue;
    const end = endOf(lines, at, depth);
    const name = declaredName(line) ?? (end > at ? methodName(line) : undefined);
    if (name !== undefined) found.unshift({ name, start: at, end });
    // A line that declares nothing still ends what is deeper, such as the `if` around the place; `): number {` goes
    // with a line above it that lies as deep, and so does `{` alone.
    indent = /^\s*(?:[)\]}]|\{\s*$)/.test(line) ? depth + 1 : depth;
  }
  return found;
}

function declaredName(line: string): string | undefined {
  const start = line.slice(0, MAX_LINE);
  if (COMMENT.test(start)) return undefined;
  const name = KEYWORD.exec(start)?.[1] ?? VALUE.exec(start)?.[1];
  return name === undefined || NO_METHODS.test(name) ? undefined : name;
}

/** Of a line with a body below it: a call looks the same, and has none. */
function methodName(line: string): string | undefined {
  const start = line.slice(0, MAX_LINE);
  const [, words = '', name = ''] = (COMMENT.test(start) ? null : METHOD.exec(start)) ?? [];
  const all = [...words.trim().split(/\s+/), name];
  return name === '' || all.some((word) => NO_METHODS.test(word)) ? undefined : name;
}

/** The last line that lies deeper, and the bracket after it. */
function endOf(lines: readonly string[], start: number, indent: number): number {
  let end = start;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const depth = indentOf(line);
    if (depth === undefined) continue;
    if (depth > indent) {
      end = at;
      continue;
    }
    // Where braces stand on lines of their own, the body comes below one.
    if (/^\s*\{\s*$/.test(line)) {
      end = at;
      continue;
    }
    // `) {` goes on with the head of the declaration; `}` and `})` end it.
    if (!/^\s*[)\]}]/.test(line)) return end;
    end = at;
    if (!/[{(:]\s*$/.test(line.slice(-MAX_LINE))) return end;
  }
  return end;
}

/** In columns, a tab as four; none for an empty line. */
function indentOf(line: string): number | undefined {
  const white = /^[ \t]*/.exec(line)?.[0] ?? '';
  if (white.length === line.length) return undefined;
  return white.replaceAll('\t', '    ').length;
}
