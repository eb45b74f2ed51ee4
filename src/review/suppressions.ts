/** A comment, added by the diff, that tells a tool to keep silent. */
export interface Suppression {
  readonly line: number;
  /** The directive as written, such as eslint-disable-next-line. */
  readonly directive: string;
  /** What follows it on the line: the rules that it names, if any. */
  readonly rest: string;
}

/**
 * Directives of the tools that we run, and of those that the same comments are written for, where a comment begins:
 * after an opener, or at the start of a line inside a block comment.
 */
const DIRECTIVE =
  /(?<before>\/\/\s*|\/\*+\s*|#\s*|<!--\s*|^[ \t]*\*?[ \t]*)(?<directive>(?:eslint|oxlint)-disable(?:-next-line|-line)?|biome-ignore(?:-all|-start|-end)?|@ts-(?:ignore|expect-error|nocheck)|secretlint-disable(?:-next-line|-line)?|(?:ruff:\s?|flake8:\s?)?noqa|ruff:\s?disable|type:\s?ignore|nosec\b)(?<rest>[^\n]*)/gi;

/**
 * Overwrites suppressions on `addedLines` with text of the same length, so that the tools say what they would have
 * said and every column stays. Suppressions that the base has are kept, and those by which a test states an error.
 */
export function neutraliseSuppressions(
  text: string,
  addedLines: ReadonlySet<number>,
  { path = '' }: { readonly path?: string } = {},
): { readonly text: string; readonly suppressions: readonly Suppression[] } {
  const suppressions: Suppression[] = [];
  const lines = text.split('\n').map((line, index) => {
    if (!addedLines.has(index + 1)) return line;
    return line.replace(DIRECTIVE, (whole: string, ...captured: unknown[]) => {
      // With named groups the last argument holds them: https://tc39.es/ecma262/#sec-regexp.prototype-@@replace
      const groups = captured.at(-1) as {
        readonly before: string;
        readonly directive: string;
        readonly rest: string;
      };
      if (isExpectation(groups.directive, path)) return whole;
      suppressions.push({ line: index + 1, directive: groups.directive, rest: groups.rest.trim() });
      return `${groups.before}${'x'.repeat(groups.directive.length)}${whole.slice(groups.before.length + groups.directive.length)}`;
    });
  });
  return { text: lines.join('\n'), suppressions };
}

const TEST_FILE = /(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)\.[cm]?[jt]sx?$/i;

/** In a test, `@ts-expect-error` states what the compiler is to say, and is an error itself when it does not. */
function isExpectation(directive: string, path: string): boolean {
  return /^@ts-expect-error$/i.test(directive) && TEST_FILE.test(path);
}
