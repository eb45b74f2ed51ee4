import type { Location } from './finding.ts';

/** One line of a hunk; numbers are 1-based, and absent on the side where the line does not exist. */
export interface DiffLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  readonly oldLine?: number;
  readonly newLine?: number;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

/** What the diff says about one file. `path` is the name on the head, or on the base for a deleted file. */
export interface FileDiff {
  readonly path: string;
  readonly oldPath: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly isBinary: boolean;
  readonly hunks: readonly Hunk[];
}

/** Whether every line of `location` lies in one hunk of the diff, which is what GitHub asks of a review comment. */
export function isCommentable(diff: readonly FileDiff[], location: Location): boolean {
  const file = diff.find((candidate) => candidate.path === location.path);
  return (
    file?.hunks.some((hunk) => {
      const start = location.side === 'RIGHT' ? hunk.newStart : hunk.oldStart;
      const count = location.side === 'RIGHT' ? hunk.newLines : hunk.oldLines;
      return location.startLine >= start && location.endLine < start + count;
    }) ?? false
  );
}

/** The lines of the head that the diff adds or changes, by path. */
export function addedLines(diff: readonly FileDiff[]): ReadonlyMap<string, ReadonlySet<number>> {
  const result = new Map<string, Set<number>>();
  for (const file of diff) {
    const lines = new Set<number>();
    for (const hunk of file.hunks) {
      for (const line of hunk.lines) {
        if (line.kind === 'added' && line.newLine !== undefined) lines.add(line.newLine);
      }
    }
    result.set(file.path, lines);
  }
  return result;
}

/** Every path that the diff touches, under its old and its new name. */
export function changedPaths(diff: readonly FileDiff[]): readonly string[] {
  return [...new Set(diff.flatMap((file) => [file.path, file.oldPath]))];
}

/** A line that a diff adds or removes. */
export interface ChangedLine {
  readonly path: string;
  /** 1-based, on the side that has it. */
  readonly line: number;
  readonly text: string;
}

/** Every line that the diff adds or removes. */
export function changedLines(diff: readonly FileDiff[]): readonly ChangedLine[] {
  return diff.flatMap(({ path, oldPath, hunks }) =>
    hunks.flatMap(({ lines }) =>
      lines.flatMap(({ kind, text, oldLine, newLine }) => {
        const line = kind === 'added' ? newLine : kind === 'removed' ? oldLine : undefined;
        return line === undefined ? [] : [{ path: kind === 'added' ? path : oldPath, line, text }];
      }),
    ),
  );
}
