import type { PageError } from '../model/page-model.ts';

/**
 * What changes from run to run in an error's message, as sources of regular expressions with what stands for it: the
 * origin and the query of an address, the hash in a file's name, numbers, white space. Witness tests carry the rules.
 */
export const VOLATILE: readonly (readonly [pattern: string, replacement: string])[] = [
  [String.raw`\b[a-z]+://[^/\s)'"]+`, ''],
  [String.raw`\?[^\s)]*`, ''],
  [String.raw`[.-][0-9a-fA-F]{6,}(?=\.\w+)`, ''],
  [String.raw`\d+`, '#'],
  [String.raw`\s+`, ' '],
];
export const MAX_LINE = 200;

/** An error in one line that is the same in every run and on every deployment: `request 500: POST /api/orders/#`. */
export function errorLine({ kind, message, status }: Pick<PageError, 'kind' | 'message' | 'status'>): string {
  const plain = VOLATILE.reduce(
    (text, [pattern, replacement]) => text.replace(new RegExp(pattern, 'g'), replacement),
    message,
  );
  const label = status === undefined ? kind : `${kind} ${status}`;
  return `${label}: ${plain.trim().slice(0, MAX_LINE)}`;
}
