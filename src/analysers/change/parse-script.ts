import { parseSync } from 'oxc-parser';
import type { Parsed } from './source.ts';

/** Parses JavaScript and TypeScript with oxc, whose native code some inputs crash: for child processes only. */
export function parseScript(path: string, text: string): Parsed | undefined {
  const result = parseSync(path, text, { preserveParens: false });
  if (result.errors.length > 0) return undefined;
  return { program: result.program, module: result.module, comments: result.comments };
}
