/** A line of a labelled corpus: one that must be found, or a near miss that must not. */
export interface Label {
  readonly path: string;
  readonly line: number;
  readonly kind: 'vulnerable' | 'safe';
  /** Ids of the corpus' own rules. */
  readonly rules: readonly string[];
  /** The last line that counts for this label: three below, but never past the next label. */
  readonly lastLine: number;
}

const COMMENT = /(?:\/\/|\/\*|#|<!--)\s*(?<kind>ruleid|ok)\s*:\s*(?<rules>[\w.,\s-]+)/;
const WINDOW = 3;

/** Reads the `ruleid:` and `ok:` comments of a file; each speaks of the first line after it that is no such comment. */
export function readLabels(path: string, text: string): readonly Label[] {
  const lines = text.split('\n');
  const found = lines.flatMap((content, index): readonly Omit<Label, 'lastLine'>[] => {
    const groups = COMMENT.exec(content)?.groups;
    if (groups === undefined) return [];
    let line = index + 1;
    while (line < lines.length && COMMENT.test(lines[line] ?? '')) line++;
    const rules = (groups['rules'] ?? '').split(/[\s,]+/).filter((rule) => /\w/.test(rule));
    return [{ path, line: line + 1, kind: groups['kind'] === 'ok' ? 'safe' : 'vulnerable', rules }];
  });
  const starts = [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b);
  return merge(found).map((label) => {
    const next = starts.find((line) => line > label.line) ?? Number.POSITIVE_INFINITY;
    return { ...label, lastLine: Math.min(label.line + WINDOW, next - 1) };
  });
}

/** One label a line: vulnerable when any says so. */
function merge(labels: readonly Omit<Label, 'lastLine'>[]): readonly Omit<Label, 'lastLine'>[] {
  return [...Map.groupBy(labels, ({ line }) => line).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const vulnerable = group.find(({ kind }) => kind === 'vulnerable');
    return [{ ...(vulnerable ?? first), rules: group.flatMap(({ rules }) => rules) }];
  });
}
