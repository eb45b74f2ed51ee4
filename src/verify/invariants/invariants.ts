import { badgeMatchesList } from './badge-matches-list.ts';
import { countMatchesRows } from './count-matches-rows.ts';
import { disabledStaysDisabled } from './disabled-stays-disabled.ts';
import { escapeClosesDialog } from './escape-closes-dialog.ts';
import { fieldsHaveNames } from './fields-have-names.ts';
import { filterHolds } from './filter-holds.ts';
import { focusStaysInDialog } from './focus-stays-in-dialog.ts';
import type { Invariant, Seen, Violation } from './invariant.ts';
import { lineTotals } from './line-totals.ts';
import { noBrokenImage } from './no-broken-image.ts';
import { noDeadControl } from './no-dead-control.ts';
import { noNegativeAmount } from './no-negative-amount.ts';
import { noRawTemplate } from './no-raw-template.ts';
import { noRawValue } from './no-raw-value.ts';
import { partsAddUp } from './parts-add-up.ts';
import { sortHolds } from './sort-holds.ts';

/** Every rule that is checked in each state, in the order in which they are reported. */
export const INVARIANTS: readonly Invariant[] = [
  noNegativeAmount,
  partsAddUp,
  lineTotals,
  countMatchesRows,
  badgeMatchesList,
  sortHolds,
  filterHolds,
  noRawValue,
  noRawTemplate,
  disabledStaysDisabled,
  escapeClosesDialog,
  focusStaysInDialog,
  noDeadControl,
  noBrokenImage,
  fieldsHaveNames,
];

/** At most so many of one rule in one state: what breaks everywhere is said a few times only. */
const MAX_OF_ONE = 5;

/**
 * What one side shows that no product should, whatever the other side shows.
 *
 * Each key comes once. Nothing of a page that hangs, and nothing after a step that is unknown.
 */
export function checkInvariants(
  seen: Seen,
  invariants: readonly Invariant[] = INVARIANTS,
): readonly Violation[] {
  if (seen.after.isHung || seen.before?.isHung === true) return [];
  return invariants.flatMap(({ name, check }) => {
    const byKey = new Map<string, Violation>();
    for (const violation of check(seen)) {
      if (!byKey.has(violation.key)) byKey.set(violation.key, { invariant: name, ...violation });
    }
    return [...byKey.values()].slice(0, MAX_OF_ONE);
  });
}
