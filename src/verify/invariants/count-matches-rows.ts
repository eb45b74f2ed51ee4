import { type PageModel, type PageNode, walkNodes } from '../model/page-model.ts';
import { type Collection, collections, isCartLine, mayHaveMore, pieces } from './collections.ts';
import type { Invariant, Violation } from './invariant.ts';
import { FIELD_ROLES, keyOf, pageTexts } from './page-texts.ts';

const NOUN =
  '(?:items?|results?|products?|tasks?|todos?|entries|records|matches|articles|comments|replies|orders|people|users|members|contacts|notes|files|hits|artikel|treffer|ergebnisse?|produkte?|einträge?|aufgaben?|kommentare?)';
const TOTAL = new RegExp(
  `^(?:showing |found |all |about )?(\\d{1,4}) (?:search )?${NOUN}(?: found| gefunden| shown| total)?[.:]?$`,
  'i',
);
const LEFT = new RegExp(
  `^(\\d{1,4}) (?:\\w+ )?${NOUN.slice(0, -1)}|)?\\s?(?:left|remaining|to do|open|offen|übrig)[.!]?$`,
  'i',
);
const RANGE =
  /\b(?:showing |results? |items? |zeige )?(\d{1,6})\s?(?:-|–|to|bis)\s?(\d{1,6}) (?:of|von|out of) (?:about |over )?(\d{1,7})\b(?!\+)/i;
const SEARCH = /search|filter|find|query|suche/i;

/** The number that the page states is the number of what it shows. */
export const countMatchesRows: Invariant = {
  name: 'count-matches-rows',
  check: ({ after }) => {
    const shown = collections(after.nodes);
    return pageTexts(after.nodes)
      .filter((one) => !one.isQuoted && !FIELD_ROLES.has(one.node.role) && isCount(one.text))
      .flatMap(({ text, node, ancestors }) => {
        const list = nearest(shown, node, ancestors);
        const wrong =
          checkRange(text, list) ??
          checkLeft(text, after, list) ??
          checkTotal(text, after, { list, shown, node });
        return wrong === undefined ? [] : [violation(text, node, wrong)];
      });
  },
};

function isCount(text: string): boolean {
  return text.length <= 80 && (TOTAL.test(text) || LEFT.test(text) || RANGE.test(text));
}

/** What the page should say, in words. */
type Wrong = string;

function checkRange(text: string, list: Collection | undefined): Wrong | undefined {
  const [, from = '', to = '', of = ''] = RANGE.exec(text) ?? [];
  if (from === '') return undefined;
  const [first, last, all] = [Number(from), Number(to), Number(of)];
  if (last > all) return `at most ${all} of ${all}`;
  if (first > last && all > 0) return `a range that does not end before it begins`;
  const count = last - first + 1;
  if (all === 0 || list === undefined || list.rows.length === count || list.rows.length < 2) return undefined;
  return list.rows.length > count ? `a range of ${list.rows.length}, as many as the page shows` : undefined;
}

/** `3 items left`: no more boxes are without a tick. */
function checkLeft(text: string, page: PageModel, list: Collection | undefined): Wrong | undefined {
  const match = LEFT.exec(text);
  if (match === null || list === undefined) return undefined;
  const ticks = list.rows.map(onlyCheckbox);
  if (ticks.includes(undefined) || isSearching(page)) return undefined;
  const open = ticks.filter((tick) => tick?.states.checked !== true).length;
  // Fewer than stated may be a filter, one list of several, or a page of many.
  return open > Number(match[1]) ? `${open} left, as many as are not ticked` : undefined;
}

function checkTotal(
  text: string,
  page: PageModel,
  {
    list,
    shown,
    node,
  }: {
    readonly list: Collection | undefined;
    readonly shown: readonly Collection[];
    readonly node: PageNode;
  },
): Wrong | undefined {
  const match = TOTAL.exec(text);
  if (match === null || list === undefined || isSearchPending(page)) return undefined;
  const stated = Number(match[1]);
  const rows = list.rows.length;
  // Where nothing was found, or under a heading of its own, the list shows something else.
  if (stated === 0 || isHeadingBetween(page.nodes, node, list.node)) return undefined;
  const isLonger = stated > rows;
  if (isLonger && (mayHaveMore(page.nodes) || rows >= 8)) return undefined;
  if (shown.some((one) => one.rows.length === stated || pieceCount(one.rows) === stated)) return undefined;
  // Grouped lists and trees count what is inside.
  if (list.rows.some((row) => collections(row.children).length > 0 && row.role !== 'row')) return undefined;
  if (pageTexts(page.nodes).filter((one) => TOTAL.test(one.text)).length > 1) return undefined;
  return `${rows}, as many as the page shows`;
}

/** The list that the text speaks of: in the closest ancestor that has exactly one; the biggest of nested ones. */
function nearest(
  shown: readonly Collection[],
  node: PageNode,
  ancestors: readonly PageNode[],
): Collection | undefined {
  for (const ancestor of ancestors.toReversed()) {
    const below = new Set(walkNodes(ancestor.children));
    const inside = shown.filter((one) => below.has(one.node) && isData(one) && !holds(one, node));
    const outer = inside.filter(
      (one) =>
        !inside.some((other) => other !== one && new Set(walkNodes(other.node.children)).has(one.node)),
    );
    if (outer.length === 1) return outer[0];
    if (outer.length > 1) return undefined;
  }
  return undefined;
}

function holds(collection: Collection, node: PageNode): boolean {
  return [...walkNodes([collection.node])].includes(node);
}

/** Menus, fields and pagers are lists too. */
function isData({ node, rows }: Collection): boolean {
  if (
    !['list', 'table', 'grid', 'feed', 'listbox', 'treegrid'].includes(node.role) &&
    rows[0]?.role !== 'article'
  )
    return false;
  return !rows.every((row) => {
    const inside = [...walkNodes(row.children)];
    const controls = inside.filter((one) => one.role === 'link' || one.role === 'button');
    return (
      controls.length > 0 &&
      inside.every((one) => one.role === 'link' || one.role === 'button') &&
      row.text === ''
    );
  });
}

function isHeadingBetween(nodes: readonly PageNode[], from: PageNode, to: PageNode): boolean {
  const order = [...walkNodes(nodes)];
  return order
    .slice(order.indexOf(from) + 1, Math.max(order.indexOf(to), 0))
    .some((one) => one.role === 'heading');
}

function onlyCheckbox(row: PageNode): PageNode | undefined {
  const boxes = [...walkNodes([row])].filter((one) => one.role === 'checkbox');
  return boxes.length === 1 ? boxes[0] : undefined;
}

function pieceCount(rows: readonly PageNode[]): number | undefined {
  return rows.every(isCartLine) ? rows.reduce((sum, row) => sum + (pieces(row) ?? 1), 0) : undefined;
}

function isSearching(page: PageModel): boolean {
  return [...walkNodes(page.nodes)].some(
    (one) =>
      (one.role === 'searchbox' ||
        (one.role === 'textbox' && SEARCH.test(`${one.name} ${one.placeholder ?? ''}`))) &&
      one.text !== '',
  );
}

/** Something is being fetched: the count may already be the new one. */
function isSearchPending(page: PageModel): boolean {
  return [...walkNodes(page.nodes)].some(
    (one) => one.role === 'progressbar' || /^(?:loading|searching|lädt)\b/i.test(one.text),
  );
}

function violation(text: string, node: PageNode, wrong: Wrong): Omit<Violation, 'invariant'> {
  return {
    key: `count-matches-rows|${keyOf(text)}`,
    what: `the page says “${text}”, which is not what it shows`,
    severity: 'medium',
    category: 'state',
    expected: wrong,
    actual: text,
    node,
    ...(node.text === text ? { expect: { notText: text } } : {}),
  };
}
