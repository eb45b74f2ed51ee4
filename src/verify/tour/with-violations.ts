import type { Divergence } from '../compare/divergence.ts';
import { graver } from '../difference.ts';

/**
 * Joins what differs with the invariants that only the head breaks.
 *
 * A difference that shows a broken invariant is told as that: `the total is below zero` says more than `another number`.
 */
export function withViolations(
  divergences: readonly Divergence[],
  violations: readonly Divergence[],
): readonly Divergence[] {
  const explained = divergences.map((one) => {
    const violation = violations.find((other) => isShownBy(other, one));
    if (violation === undefined) return one;
    const { severity, source, what } = violation;
    return {
      ...one,
      source,
      severity: graver(severity, one.severity),
      what: `${what}; the base shows ${one.expected}`,
    };
  });
  const others = violations.filter((one) => !divergences.some((other) => isShownBy(one, other)));
  return [...explained, ...(divergences.length === 0 ? others : others.filter(isGrave))];
}

function isShownBy(violation: Divergence, { kind, actual }: Divergence): boolean {
  return (kind === 'number' || kind === 'text' || kind === 'value') && actual.includes(violation.actual);
}

function isGrave({ severity }: Divergence): boolean {
  return severity === 'critical' || severity === 'high';
}
