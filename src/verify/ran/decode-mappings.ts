/** Where a piece of a script comes from. All are 0-based; columns count UTF-16 units. */
export interface Segment {
  readonly line: number;
  readonly column: number;
  readonly source: number;
  readonly sourceLine: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGITS = new Map(ALPHABET.split('').map((digit, value) => [digit.charCodeAt(0), value] as const));
const COMMA = 44;
const SEMICOLON = 59;
/** Six digits of five bits hold what the format allows; more come from somebody who means harm. */
const MAX_SHIFT = 30;
const MAX_FIELDS = 5;

/**
 * Reads the `mappings` of a source map (ECMA-426) and gives each piece that names a source, in the order of the script.
 *
 * Ends at the first thing that is not of the format, and says so: `false`.
 */
export function decodeMappings(mappings: string, onSegment: (segment: Segment) => void): boolean {
  let [line, column, source, sourceLine] = [0, 0, 0, 0];
  let fields = [0, 0, 0, 0, 0];
  let count = 0;
  let value = 0;
  let shift = 0;
  const end = (): boolean => {
    if (shift !== 0 || count === 2 || count === 3) return false;
    if (count > 0) {
      column += fields[0] ?? 0;
      source += fields[1] ?? 0;
      sourceLine += fields[2] ?? 0;
      if (column < 0 || source < 0 || sourceLine < 0) return false;
      if (count > 1) onSegment({ line, column, source, sourceLine });
    }
    fields = [0, 0, 0, 0, 0];
    count = 0;
    return true;
  };
  for (let at = 0; at < mappings.length; at++) {
    const code = mappings.charCodeAt(at);
    if (code === COMMA || code === SEMICOLON) {
      if (!end()) return false;
      if (code === SEMICOLON) [line, column] = [line + 1, 0];
      continue;
    }
    const digit = DIGITS.get(code);
    if (digit === undefined || shift > MAX_SHIFT || count === MAX_FIELDS) return false;
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    fields[count] = value % 2 === 1 ? -(value - 1) / 2 : value / 2;
    count += 1;
    [value, shift] = [0, 0];
  }
  return end();
}
