import { codeSpan } from './inert.ts';
import type { Claim, NotShown } from './to-findings.ts';

/** More than this is no help: whoever reads them stops reading. */
const MAX_STYLE_FINDINGS = 5;
const MAX_PLACES = 10;

/** Makes one finding of all that break one rule, and keeps the few that concern the most places. */
export function groupByRule(claims: readonly Claim[]): {
  readonly claims: readonly Claim[];
  readonly notShown: readonly NotShown[];
} {
  const groups = [...Map.groupBy(claims, ({ rule }) => rule).values()].sort((a, b) => b.length - a.length);
  const kept = groups.slice(0, MAX_STYLE_FINDINGS).flatMap(asOne);
  const reason = `style: more than ${MAX_STYLE_FINDINGS} kinds of remark in one review`;
  const notShown = groups
    .slice(MAX_STYLE_FINDINGS)
    .flatMap((group) => group.map(({ finding }) => ({ finding: finding.id, reason })));
  return { claims: kept, notShown };
}

function asOne(group: readonly Claim[]): readonly Claim[] {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return group;
  const places = others
    .slice(0, MAX_PLACES)
    .map(({ finding: { location } }) => codeSpan(`${location.path}:${location.startLine}`));
  const more = others.length > MAX_PLACES ? ` and ${others.length - MAX_PLACES} more` : '';
  const body = `${first.finding.body}\n\nAlso at ${places.join(', ')}${more}.`;
  return [{ ...first, finding: { ...first.finding, body } }];
}
