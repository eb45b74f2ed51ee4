import { codeSpan } from './inert.ts';
import type { Claim, NotShown } from './to-findings.ts';

/** More than this is no help: whoever reads them stops reading. */
const MAX_ITEMS = 5;
const MAX_PLACES = 10;

/**
 * Makes one finding of all matters of style: for each rule one item, those that concern the most places first.
 *
 * It stands at the first place of an item that brings a fix, so that the fix can be offered there.
 */
export function asOneComment(claims: readonly Claim[]): {
  readonly claims: readonly Claim[];
  readonly notShown: readonly NotShown[];
} {
  const groups = [...Map.groupBy(claims, ({ rule }) => rule).values()].sort((a, b) => b.length - a.length);
  const kept = groups.slice(0, MAX_ITEMS);
  const reason = `style: more than ${MAX_ITEMS} kinds of remark in one review`;
  return {
    claims: combine(kept),
    notShown: groups
      .slice(MAX_ITEMS)
      .flatMap((group) => group.map(({ finding }) => ({ finding: finding.id, reason }))),
  };
}

function combine(groups: readonly (readonly Claim[])[]): readonly Claim[] {
  const items = groups
    .map((group) => [...group].sort((a, b) => Number(hasFix(b)) - Number(hasFix(a))))
    .sort((a, b) => (Number(a.some(hasFix)) < Number(b.some(hasFix)) ? 1 : -1));
  const [first] = items[0] ?? [];
  if (first === undefined) return [];
  if (items.length === 1) {
    const body = [first.finding.body, alsoAt(items[0]?.slice(1) ?? [])].filter((part) => part !== '');
    return [{ ...first, finding: { ...first.finding, ...inclusion(items), body: body.join('\n\n') } }];
  }
  const list = items.map((group) => {
    const { title, body, source } = group[0]?.finding ?? first.finding;
    return `- **${title}** (${source}, ${placesOf(group)}). ${body.replace(/\s*\n\s*/g, ' ')}`;
  });
  const finding = {
    ...first.finding,
    ...inclusion(items),
    title: `${items.length} habits of this repository are not kept`,
    body: `${list.join('\n')}${hasFix(first) ? '\n\nThe suggestion concerns the first of them.' : ''}`,
  };
  return [{ ...first, finding }];
}

/** What is known by one of them on the next push is not said again. */
function inclusion(items: readonly (readonly Claim[])[]): Pick<Claim['finding'], 'includes'> {
  const ids = items.flatMap((group) => group.map(({ finding }) => finding.id));
  return ids.length > 1 ? { includes: ids } : {};
}

function hasFix({ finding }: Claim): boolean {
  return finding.suggestion !== undefined;
}

function alsoAt(others: readonly Claim[]): string {
  return others.length === 0 ? '' : `Also at ${placesOf(others)}.`;
}

function placesOf(group: readonly Claim[]): string {
  const places = group
    .slice(0, MAX_PLACES)
    .map(({ finding: { location } }) => codeSpan(`${location.path}:${location.startLine}`));
  const more = group.length > MAX_PLACES ? ` and ${group.length - MAX_PLACES} more` : '';
  return `${places.join(', ')}${more}`;
}
