import type { PlacedLine } from './place-lines.ts';
import type { RanFunction } from './ports.ts';

/** Follows which changed lines of one script have run, by the innermost function around each. */
export interface LineTrack {
  /** The lines that have run for the first time with these functions. */
  note(functions: readonly RanFunction[]): readonly PlacedLine[];
}

interface Judged {
  readonly line: PlacedLine;
  /** Length of the smallest function that holds a piece of the line. */
  size: number;
  hasRun: boolean;
  isTold: boolean;
}

/**
 * A line counts as run when the smallest function that holds any of it has: of `const total = () => sum(items)` it is not
 * enough that the function was made.
 */
export function trackLines(placed: readonly PlacedLine[]): LineTrack {
  const lines = placed.map(
    (line): Judged => ({
      line,
      size: Number.POSITIVE_INFINITY,
      hasRun: false,
      isTold: false,
    }),
  );
  const pieces = lines
    .flatMap((judged) => judged.line.offsets.map((offset) => ({ offset, judged })))
    .sort((a, b) => a.offset - b.offset);
  return {
    note(functions) {
      for (const { start, end, hasRun } of functions) {
        const size = end - start;
        for (let at = firstFrom(pieces, start); at < pieces.length; at++) {
          const piece = pieces[at];
          if (piece === undefined || piece.offset >= end) break;
          const { judged } = piece;
          if (size < judged.size) [judged.size, judged.hasRun] = [size, hasRun];
          else if (size === judged.size) judged.hasRun ||= hasRun;
        }
      }
      const fresh = lines.filter((one) => one.hasRun && !one.isTold);
      for (const one of fresh) one.isTold = true;
      return fresh.map(({ line }) => line);
    },
  };
}

/** Index of the first piece that does not lie before `offset`. */
function firstFrom(pieces: readonly { readonly offset: number }[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
