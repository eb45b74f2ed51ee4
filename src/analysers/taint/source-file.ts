import type { Program } from 'oxc-parser';

/** A parsed file. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
}

export function sourceFile(path: string, text: string, program: Program): SourceFile {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    path,
    text,
    program,
    lineAt(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low + 1;
    },
  };
}

const MAX_CODE = 100;

/** A piece of the source on one line, cut. */
export function codeOf(
  { text }: SourceFile,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const code = text.slice(start, Math.min(end, start + 3 * MAX_CODE)).replace(/\s+/g, ' ');
  return code.length > MAX_CODE ? `${code.slice(0, MAX_CODE - 1)}…` : code;
}
