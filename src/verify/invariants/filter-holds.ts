import type { Step } from '../../domain/flow.ts';
import { type PageModel, type PageNode, walkNodes } from '../model/page-model.ts';
import { findNode } from '../model/targets.ts';
import { collections } from './collections.ts';
import type { Invariant, Seen } from './invariant.ts';
import { fold, keyOf, textOf } from './page-texts.ts';

const SEARCH = /search|filter|\bfind\b|query|suche/i;
const OPEN = /^(?:active|open|pending|incomplete|to ?do|offen|aktiv)(?:\s?\(?\d+\)?)?$/i;
const DONE = /^(?:completed|done|finished|erledigt|abgeschlossen)(?:\s?\(?\d+\)?)?$/i;
const ALL = /^(?:all|alle|show all)(?:\s?\(?\d+\)?)?$/i;

/** What a filter leaves meets the filter, and what meets it is left. */
export const filterHolds: Invariant = {
  name: 'filter-holds',
  check: (seen) => [...afterSearch(seen), ...afterTickFilter(seen)],
};

interface Rows {
  readonly node: PageNode;
  readonly before: readonly PageNode[];
  readonly after: readonly PageNode[];
}

function afterSearch(seen: Seen): ReturnType<Invariant['check']> {
  const term = searchTerm(seen);
  const rows = term === undefined ? undefined : narrowed(seen);
  if (term === undefined || rows === undefined) return [];
  const left = new Set(rows.after.map(textOf));
  const lost = rows.before.find((row) => startsWith(titleOf(row), term) && !left.has(textOf(row)));
  const kept = rows.after.filter((row) => contains(textOf(row), term));
  const stray =
    kept.length > rows.after.length / 2 ? rows.after.find((row) => !kept.includes(row)) : undefined;
  return [
    ...(lost === undefined
      ? []
      : [
          {
            key: 'filter-holds|lost',
            what: `a search for “${term}” does not find “${titleOf(lost).slice(0, 60)}”`,
            severity: 'medium' as const,
            category: 'state' as const,
            expected: `every row that begins with “${term}”`,
            actual: rows.after.map(titleOf).join(', ').slice(0, 300) || 'no rows',
            node: rows.node,
          },
        ]),
    ...(stray === undefined
      ? []
      : [
          {
            key: 'filter-holds|stray',
            what: `a search for “${term}” also finds “${titleOf(stray).slice(0, 60)}”`,
            severity: 'low' as const,
            category: 'state' as const,
            expected: `only rows that contain “${term}”`,
            actual: rows.after.map(titleOf).join(', ').slice(0, 300),
            node: stray,
            // A search may also look at what a row does not show.
            isDeltaOnly: true as const,
          },
        ]),
  ];
}

/** What was searched for by this step; absent when it is no word. */
function searchTerm({ before, step }: Seen): string | undefined {
  if (before === undefined || step === undefined) return undefined;
  const field = fieldOf(before, step);
  if (
    field === undefined ||
    !(
      field.role === 'searchbox' ||
      SEARCH.test(`${field.name} ${field.placeholder ?? ''} ${field.field?.hint ?? ''}`)
    )
  ) {
    return undefined;
  }
  const term = fold('fill' in step ? step.fill.value : field.text);
  return /^[\p{L}\d][\p{L}\d\s]+$/u.test(term) ? term : undefined;
}

function fieldOf(page: PageModel, step: Step): PageNode | undefined {
  if ('fill' in step) return findNode(page, step.fill.field);
  if (!('press' in step) || step.press !== 'Enter' || page.focus === undefined) return undefined;
  return findNode(page, { role: page.focus.role, name: page.focus.name });
}

/** The list that the step made shorter, all of what is left being of what was there. */
function narrowed({ before, after }: Seen): Rows | undefined {
  if (before === undefined) return undefined;
  const later = collections(after.nodes);
  for (const { node, rows } of collections(before.nodes)) {
    if (rows.length < 3) continue;
    const match = later.find(
      (one) => one.node.role === node.role && one.node.name === node.name && isPart(one.rows, rows),
    );
    if (match !== undefined) return { node: match.node, before: rows, after: match.rows };
  }
  return undefined;
}

function isPart(part: readonly PageNode[], whole: readonly PageNode[]): boolean {
  const all = new Set(whole.map(textOf));
  return part.length > 0 && part.length < whole.length && part.every((row) => all.has(textOf(row)));
}

function titleOf(row: PageNode): string {
  const inside = [...walkNodes(row.children)];
  const title =
    inside.find((node) => node.role === 'heading') ??
    inside.find((node) => ['link', 'rowheader', 'cell'].includes(node.role));
  return fold(title === undefined ? textOf(row) : title.name || textOf(title));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function contains(text: string, term: string): boolean {
  return plain(term)
    .split(' ')
    .every((word) => plain(text).includes(word));
}

function startsWith(text: string, term: string): boolean {
  return plain(text).startsWith(plain(term));
}

/** `Active` and `Completed` beside `All`, over rows that can be ticked. */
function afterTickFilter({ before, step, after }: Seen): ReturnType<Invariant['check']> {
  const clicked =
    before !== undefined && step !== undefined && 'click' in step ? findNode(before, step.click) : undefined;
  if (before === undefined || clicked === undefined || !isBesideAll(before, clicked)) return [];
  const name = fold(clicked.name || clicked.text);
  const wanted = DONE.test(name) ? true : OPEN.test(name) ? false : undefined;
  if (wanted === undefined) return [];
  for (const { rows } of collections(after.nodes)) {
    const ticks = rows.map((row) => [...walkNodes([row])].filter((node) => node.role === 'checkbox'));
    if (!ticks.every((boxes) => boxes.length === 1)) continue;
    const wrong = rows.find((_, index) => (ticks[index]?.[0]?.states.checked === true) !== wanted);
    if (wrong === undefined) continue;
    return [
      {
        key: `filter-holds|${keyOf(name)}`,
        what: `under “${name}” stands “${textOf(wrong).slice(0, 60)}”, which is ${wanted ? 'not ticked' : 'ticked'}`,
        severity: 'medium',
        category: 'state',
        expected: wanted ? 'only ticked rows' : 'only rows that are not ticked',
        actual: rows.map(textOf).join(', ').slice(0, 300),
        node: wrong,
      },
    ];
  }
  return [];
}

function isBesideAll(page: PageModel, clicked: PageNode): boolean {
  if (!['link', 'button', 'tab', 'radio'].includes(clicked.role)) return false;
  return [...walkNodes(page.nodes)].some(
    (node) => node.role === clicked.role && ALL.test(fold(node.name || node.text)),
  );
}
