import { type PageModel, type PageNode, walkNodes } from '../model/page-model.ts';
import { type Collection, collections, isCartLine, mayHaveMore, pieces } from './collections.ts';
import type { Invariant } from './invariant.ts';
import { fold, keyOf } from './page-texts.ts';

/** `Cart (3)`, `Inbox 3`, `3 Cart`. */
const BADGE = /^(\p{L}[\p{L}\s-]{1,30}?)\s?(?:\((\d{1,4})\)|:?\s(\d{1,4}))(?:\s(?:items?|artikel))?$/iu;
const CART = /^(?:my |your |shopping )?(?:cart|basket|bag|warenkorb|einkaufswagen)\b/i;

interface Badge {
  readonly node: PageNode;
  readonly noun: string;
  readonly count: number;
}

/** The number beside a name is the number of what is listed under that name. */
export const badgeMatchesList: Invariant = {
  name: 'badge-matches-list',
  check: ({ after }) =>
    [...cartBadges(after), ...headings(after.nodes, mayHaveMore(after.nodes))].map(toViolation),
};

interface Wrong extends Badge {
  readonly listed: number;
}

/** A cart's badge counts its lines or its pieces. */
function cartBadges(page: PageModel): readonly Wrong[] {
  const carts = collections(page.nodes).filter(({ rows }) => rows.every(isCartLine));
  const [cart] = carts.toReversed();
  if (cart === undefined || mayHaveMore(page.nodes)) return [];
  if (carts.some((one) => one.rows.length !== cart.rows.length)) return [];
  const sum = cart.rows.reduce((all, row) => all + (pieces(row) ?? 1), 0);
  const inside = new Set(walkNodes([cart.node]));
  return [...walkNodes(page.nodes)]
    .filter((node) => ['link', 'button', 'heading', 'tab'].includes(node.role) && !inside.has(node))
    .flatMap((node) => {
      const badge = readBadge(node);
      if (badge === undefined || !CART.test(badge.noun)) return [];
      return badge.count === sum || badge.count === cart.rows.length ? [] : [{ ...badge, listed: sum }];
    });
}

/** A heading with a number, directly in front of a list: `Comments (3)`. */
function headings(nodes: readonly PageNode[], hasMore: boolean): readonly Wrong[] {
  return [
    ...walkNodes([{ role: 'generic', name: '', text: '', states: {}, isClickable: false, children: nodes }]),
  ].flatMap(({ children }) =>
    children.flatMap((node, index) => {
      const next = children[index + 1];
      const badge = node.role === 'heading' ? readBadge(node) : undefined;
      const list = next === undefined ? undefined : listAt(next);
      if (badge === undefined || list === undefined || !/\(\d+\)/.test(fold(node.name || node.text)))
        return [];
      const rows = list.rows.length;
      if (rows === badge.count || (badge.count > rows && (hasMore || rows >= 8))) return [];
      // Replies, groups and subtasks may be counted too, and a cart counts pieces.
      if (list.rows.some((row) => collections(row.children).some((one) => one.node.role === 'list')))
        return [];
      if (CART.test(badge.noun) || list.rows.every(isCartLine)) return [];
      return [{ ...badge, listed: rows }];
    }),
  );
}

function listAt(node: PageNode): Collection | undefined {
  return ['list', 'table'].includes(node.role)
    ? collections([node]).find((one) => one.node === node)
    : undefined;
}

function readBadge(node: PageNode): Badge | undefined {
  const match = BADGE.exec(fold(node.name || node.text));
  if (match === null) return undefined;
  return { node, noun: match[1] ?? '', count: Number(match[2] ?? match[3]) };
}

function toViolation({ node, noun, count, listed }: Wrong): ReturnType<Invariant['check']>[number] {
  const text = fold(node.name || node.text);
  return {
    key: `badge-matches-list|${node.role}|${keyOf(noun)}`,
    what: `“${text}” says ${count}, but ${listed} ${listed === 1 ? 'is' : 'are'} listed`,
    severity: 'medium',
    category: 'state',
    expected: String(listed),
    actual: String(count),
    node,
    expect: { hidden: { role: node.role, name: node.name || node.text } },
  };
}
