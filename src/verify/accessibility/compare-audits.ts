import type { Severity } from '../../domain/finding.ts';
import type { Divergence } from '../compare/divergence.ts';
import type { AccessibilityViolation } from '../ports.ts';

const SEVERITIES: Readonly<Record<AccessibilityViolation['impact'], Severity>> = {
  critical: 'high',
  serious: 'medium',
  moderate: 'low',
  minor: 'low',
};
/** How many elements are named; the others are counted. */
const MAX_NAMED = 3;

/**
 * The barriers that only the head has, one divergence for each rule that it breaks anew.
 *
 * An element is known by its role and name, else by its place in the document: a fault on a renamed element is no new
 * one. Nothing when a side was not audited.
 */
export function compareAudits(
  base: readonly AccessibilityViolation[] | undefined,
  head: readonly AccessibilityViolation[] | undefined,
): readonly Divergence[] {
  if (base === undefined || head === undefined) return [];
  const rules = [...new Set(head.map((one) => one.rule))].sort();
  return rules.flatMap((rule) => {
    const isOfRule = (one: AccessibilityViolation): boolean => one.rule === rule;
    const fresh = onlyOn(head.filter(isOfRule), base.filter(isOfRule));
    const [first] = fresh;
    return first === undefined ? [] : [toDivergence(first, fresh)];
  });
}

/** Leaves out one for one what the base has under the same name, then what it has in the same place. */
function onlyOn(
  head: readonly AccessibilityViolation[],
  base: readonly AccessibilityViolation[],
): readonly AccessibilityViolation[] {
  const passes = [byName, (one: AccessibilityViolation) => one.selector];
  let [left, known] = [head, base];
  for (const keyOf of passes) {
    const counts = new Map<string, number>();
    for (const one of known) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
    const taken = new Map<string, number>();
    left = left.filter((one) => {
      const key = keyOf(one);
      const used = taken.get(key) ?? 0;
      if (used >= (counts.get(key) ?? 0)) return true;
      taken.set(key, used + 1);
      return false;
    });
    const spent = new Map(taken);
    known = known.filter((one) => {
      const rest = spent.get(keyOf(one)) ?? 0;
      spent.set(keyOf(one), rest - 1);
      return rest <= 0;
    });
  }
  return left;
}

/** Numbers in a name change with the data. */
function byName({ role, name }: AccessibilityViolation): string {
  return `${role}|${name.replace(/\d+/g, '0')}`;
}

function toDivergence(first: AccessibilityViolation, fresh: readonly AccessibilityViolation[]): Divergence {
  const { rule, impact, help, why } = first;
  const names = [...new Set(fresh.map(describe))];
  const more = fresh.length - Math.min(names.length, MAX_NAMED);
  const where = `${names.slice(0, MAX_NAMED).join(', ')}${more > 0 && fresh.length > 1 ? ` and ${more} more` : ''}`;
  return {
    kind: 'invariant',
    key: `axe|${rule}|${fresh.map(byName).sort().join('|')}`,
    cause: `axe|${rule}`,
    category: 'accessibility',
    severity: SEVERITIES[impact],
    source: `axe/${rule}`,
    what: `${lowerFirst(help)}: ${where}`,
    expected: `no new violation of “${help}”, as on the base`,
    actual: `${fresh.length} on the head only: ${where}${why === '' ? '' : `. ${why}`}`,
  };
}

function describe({ role, name }: AccessibilityViolation): string {
  return name === '' ? `a ${role} without a name` : `${role} “${name}”`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
