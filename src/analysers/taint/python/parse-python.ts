import { parser } from '@lezer/python';
import type { Program } from 'oxc-parser';
import type { Parsed } from '../parse-script.ts';
import { translateBody } from './translate-statement.ts';

/** Parts that the parser could not make sense of: beyond this share the file is none of this language. */
const MAX_ERRORS = 0.05;

/**
 * Parses a Python file into the program of JavaScript that moves data in the same way, with the offsets of the
 * original, so that one machine follows both. The parser goes on behind what is wrong; it has no native code to crash.
 */
export function parsePython(text: string): Parsed {
  const tree = parser.parse(text);
  let [errors, nodes] = [0, 0];
  tree.iterate({
    enter: ({ type }) => {
      nodes++;
      if (type.isError) errors++;
    },
  });
  if (errors > 3 && errors > nodes * MAX_ERRORS)
    return { kind: 'invalid', why: `${errors} errors of syntax` };
  const body = translateBody(tree.topNode, { text, self: undefined });
  // Statements are what a program's body holds; directives and such are none of Python's.
  const program = {
    type: 'Program',
    body,
    sourceType: 'module',
    hashbang: null,
    start: 0,
    end: text.length,
  } as unknown as Program;
  return { kind: 'parsed', text, program };
}
