import type { LedgerEntry } from '../domain/ledger.ts';

/** The numbers of visual changes, by their ids. */
export function visualNumbers(entries: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  return new Map(entries.flatMap(({ id, number }) => (number === undefined ? [] : [[id, number] as const])));
}

/** How people accept what has a number among `ids`; empty when nothing has. */
export function renderApproveHint(
  ids: readonly { readonly id: string }[],
  numbers: ReadonlyMap<string, number> | undefined,
): string {
  const shown = ids.flatMap(({ id }) => numbers?.get(id) ?? []).sort((a, b) => a - b);
  if (shown.length === 0) return '';
  const some = shown.slice(0, 2).join(' ');
  return `Visual changes have numbers. Those that are meant to be: \`/approve ${some}\`, or \`/approve all\`.`;
}
