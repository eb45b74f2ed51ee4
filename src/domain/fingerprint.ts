import { createHash } from 'node:crypto';

/**
 * Identifies a finding across pushes: 12 hexadecimal digits of SHA-256 over `parts`.
 *
 * Line numbers take no part: code added above moves a finding without changing it. A reviewer passes the rule, the
 * path, the text of the lines (white space folded) and which of several equal places it is, counted from 0; the
 * preview verification passes the category, the kind of difference, the steps and what differs.
 */
export function fingerprint(...parts: readonly (string | number)[]): string {
  const normalised = parts.map((part) => String(part).replace(/\s+/g, ' ').trim());
  return createHash('sha256').update(JSON.stringify(normalised)).digest('hex').slice(0, 12);
}
