import type { DiffLine, FileDiff } from '../../src/domain/diff.ts';

type Texts = Readonly<Record<string, string>>;

/** The diff between two versions of some texts: one hunk a file, by a longest common subsequence of lines. */
export function diffOfTexts(base: Texts, head: Texts): readonly FileDiff[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  return paths
    .filter((path) => base[path] !== head[path])
    .map((path) => {
      const [old, now] = [linesOf(base[path]), linesOf(head[path])];
      const status = base[path] === undefined ? 'added' : head[path] === undefined ? 'deleted' : 'modified';
      const hunk = { oldStart: 1, oldLines: old.length, newStart: 1, newLines: now.length };
      return { path, oldPath: path, status, isBinary: false, hunks: [{ ...hunk, lines: align(old, now) }] };
    });
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function align(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const lengths = old.map(() => now.map(() => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [before, after] = [old[i], now[j]];
    if (before !== undefined && before === after) {
      lines.push({ kind: 'context', text: before, oldLine: ++i, newLine: ++j });
    } else if (before !== undefined && (after === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: before, oldLine: ++i });
    } else lines.push({ kind: 'added', text: after ?? '', newLine: ++j });
  }
  return lines;
}
