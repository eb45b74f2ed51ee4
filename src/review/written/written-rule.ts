/** A rule that the repository wrote down, in a form that can be checked line by line. */
export interface WrittenRule {
  /** Ends the rule's name in the report: `firsthand/written-<id>`. */
  readonly id: string;
  /** The file that it stands in, and its words there. */
  readonly document: string;
  readonly quote: string;
  /** What breaks it, as a short statement. */
  readonly title: string;
  /** Claims with the same topic are one claim. */
  readonly topic?: string;
  /** Whether it speaks of files of this name. */
  readonly concerns: (path: string) => boolean;
  /** The lines, 1-based and ascending, that break it. */
  readonly broken: (path: string, text: string) => readonly number[];
}

/** The numbers, from 1, of the lines that a test is true of. */
export function linesWhere(text: string, isBroken: (line: string) => boolean): readonly number[] {
  return text.split('\n').flatMap((line, index) => (isBroken(line) ? [index + 1] : []));
}
