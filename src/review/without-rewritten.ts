import type { FileDiff, Hunk } from '../domain/diff.ts';
import type { Diagnostic } from './ports.ts';

/**
 * Leaves out of `found` what the change only wrote anew: where a hunk takes a line away of which the tool said the same
 * on the base, one that it adds is the same mistake in other words, and no new one.
 */
export function withoutRewritten(
  found: readonly Diagnostic[],
  onBase: readonly Diagnostic[],
  diff: readonly FileDiff[],
): readonly Diagnostic[] {
  const rewritten = new Set(
    diff.flatMap((file) => {
      const of = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
        diagnostics.filter(({ path, side }) => path === file.path && side === undefined);
      const [now, before] = [of(found), of(onBase)];
      return now.length === 0 || before.length === 0
        ? []
        : file.hunks.flatMap((hunk) => rewrittenIn(hunk, now, before));
    }),
  );
  return rewritten.size === 0 ? found : found.filter((diagnostic) => !rewritten.has(diagnostic));
}

function rewrittenIn(
  { lines }: Hunk,
  now: readonly Diagnostic[],
  before: readonly Diagnostic[],
): readonly Diagnostic[] {
  const added = new Set(lines.flatMap(({ kind, newLine }) => (kind === 'added' ? newLine : [])));
  const removed = new Set(lines.flatMap(({ kind, oldLine }) => (kind === 'removed' ? oldLine : [])));
  const gone = Map.groupBy(
    before.filter(({ startLine }) => removed.has(startLine)),
    ({ rule }) => rule,
  );
  const come = Map.groupBy(
    now.filter(({ startLine }) => added.has(startLine)),
    ({ rule }) => rule,
  );
  return [...come].flatMap(([rule, diagnostics]) => diagnostics.slice(0, gone.get(rule)?.length ?? 0));
}
