import type { ChangedFile, DiffHunk } from '../git/diff.ts';
import type { Side } from '../state.ts';

/** Where a review comment is asked to be, in GitHub's fields. */
export interface AnchorBody {
  readonly path: string;
  readonly line?: number;
  readonly side?: Side;
  readonly start_line?: number | null;
  readonly start_side?: Side | null;
  /** The old way: the offset from the file's first `@@` line. */
  readonly position?: number;
  readonly subject_type?: 'line' | 'file';
}

/** A place in the diff. */
export interface Anchor {
  readonly subject: 'line' | 'file';
  readonly side: Side;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  readonly startSide: Side | undefined;
  readonly position: number | undefined;
  /** The hunk, from its header to the line. */
  readonly diffHunk: string;
}

interface PlacedLine {
  readonly hunk: number;
  readonly position: number;
  readonly oldLine: number | undefined;
  readonly newLine: number | undefined;
}

/** Finds the place in the diff; a text says what GitHub would complain of, naming the field and not the entry. */
export function findAnchor(files: readonly ChangedFile[], body: AnchorBody): Anchor | string {
  const file = files.find((candidate) => candidate.path === body.path);
  if (file === undefined) return 'Pull request review thread path is invalid';
  if (body.subject_type === 'file') return fileAnchor(file);
  const lines = placeLines(file.hunks);
  if (body.line === undefined) {
    const at = lines.find((line) => line.position === body.position);
    if (at === undefined) return 'Pull request review thread position is invalid';
    const side = at.newLine === undefined ? 'LEFT' : 'RIGHT';
    return lineAnchor(file, at, { side, line: at.newLine ?? at.oldLine });
  }
  const side = body.side ?? 'RIGHT';
  const end = lines.find((line) => numberOn(line, side) === body.line);
  if (end === undefined) return 'Pull request review thread line must be part of the diff';
  if (body.start_line === undefined || body.start_line === null) {
    return lineAnchor(file, end, { side, line: body.line });
  }
  const startSide = body.start_side ?? side;
  const start = lines.find((line) => numberOn(line, startSide) === body.start_line);
  if (start === undefined) return 'Pull request review thread start line must be part of the diff';
  if (start.hunk !== end.hunk)
    return 'Pull request review thread start line must be part of the same hunk as the line.';
  if (start.position >= end.position)
    return 'Pull request review thread start line must precede the end line.';
  return { ...lineAnchor(file, end, { side, line: body.line }), startLine: body.start_line, startSide };
}

function fileAnchor(file: ChangedFile): Anchor {
  return {
    subject: 'file',
    side: 'RIGHT',
    line: undefined,
    startLine: undefined,
    startSide: undefined,
    position: undefined,
    diffHunk: file.hunks[0]?.text ?? '',
  };
}

function lineAnchor(
  file: ChangedFile,
  at: PlacedLine,
  place: { readonly side: Side; readonly line: number | undefined },
): Anchor {
  const before = file.hunks.slice(0, at.hunk).reduce((sum, hunk) => sum + hunk.text.split('\n').length, 0);
  const hunk = file.hunks[at.hunk]?.text.split('\n') ?? [];
  return {
    subject: 'line',
    ...place,
    startLine: undefined,
    startSide: undefined,
    position: at.position,
    diffHunk: hunk.slice(0, at.position - before + 1).join('\n'),
  };
}

function numberOn(line: PlacedLine, side: Side): number | undefined {
  return side === 'RIGHT' ? line.newLine : line.oldLine;
}

/** Every line of the hunks with its numbers; headers after the first take up a position too. */
function placeLines(hunks: readonly DiffHunk[]): readonly PlacedLine[] {
  const placed: PlacedLine[] = [];
  let position = -1;
  for (const [index, hunk] of hunks.entries()) {
    let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
    for (const text of hunk.text.split('\n')) {
      position += 1;
      const kind = text.charAt(0);
      if (kind === '@' || kind === '\\') continue;
      const old = kind === '+' ? undefined : oldLine++;
      const added = kind === '-' ? undefined : newLine++;
      placed.push({ hunk: index, position, oldLine: old, newLine: added });
    }
  }
  return placed;
}
