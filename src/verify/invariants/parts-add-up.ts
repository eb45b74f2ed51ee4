import type { PageNode } from '../model/page-model.ts';
import { type Amount, onlyMoney, readAmounts } from './amounts.ts';
import { collections, isCartLine, pieces } from './collections.ts';
import type { Invariant, Violation } from './invariant.ts';
import { type LabelledText, labelledTexts } from './labels.ts';
import { pageTexts, textOf } from './page-texts.ts';

const SUBTOTAL =
  /^(?:cart |order |item |items |merchandise )?sub-?\s?total\b|^items? total\b|^zwischensumme\b|^warenwert\b/i;
const TOTAL =
  /^(?:(?:your|order|cart|basket|grand|estimated)\s)*total(?:\s(?:due|today|price|amount))?(?:\s?\(.*\))?$|^(?:amount due|total to pay|to pay|gesamt(?:summe|betrag|preis)?|endsumme|endbetrag|summe|zu zahlen)$/i;
const ADDED =
  /^(?:(?:standard|express|estimated)\s)?(?:shipping|delivery|postage|handling|service (?:fee|charge)|booking fee|(?:\w+ )?fees?|tip|gift wrap\w*|versand\w*|liefer\w*|porto|gebühr\w*|trinkgeld)\b/i;
const TAX = /\b(?:tax|vat|gst|mwst|ust|umsatzsteuer|mehrwertsteuer|duty)\b/i;
const TAKEN =
  /\b(?:discount|coupon|promo(?:tion|code)?|voucher|gift card|store credit|rebate|savings?|you save|off|rabatt|gutschein\w*|nachlass|ersparnis)\b/i;

const HAS_TOTAL = /total|due|to pay|summe|betrag|gesamt|zahlen/i;

interface Entry extends LabelledText {
  readonly amount: Amount;
}

/** Subtotal, shipping and tax, less the discount, make the total; the lines of a cart make its subtotal. */
export const partsAddUp: Invariant = {
  name: 'parts-add-up',
  check: ({ after }) => {
    if (!pageTexts(after.nodes).some((one) => HAS_TOTAL.test(one.text))) return [];
    const entries = moneyEntries(after.nodes);
    const ends = entries.flatMap((entry, index) => (TOTAL.test(entry.label) ? [index] : []));
    return [...ends.flatMap((end) => checkSummary(entries, end)), ...checkLines(after.nodes, entries)];
  },
};

/** The labelled amounts in reading order; one that stands with others in a text is ambiguous and ends every run. */
function moneyEntries(nodes: readonly PageNode[]): readonly (Entry | LabelledText)[] {
  const struck = new Set(
    pageTexts(nodes)
      .filter((one) => [...one.ancestors, one.node].some((node) => node.role === 'deletion'))
      .map((one) => one.node),
  );
  return labelledTexts(nodes)
    .filter((one) => !struck.has(one.node) && readAmounts(one.text).some((amount) => amount.currency !== ''))
    .map((one) => {
      const amount = onlyMoney(one.text);
      return amount === undefined ? one : { ...one, amount };
    });
}

const isEntry = (entry: Entry | LabelledText | undefined): entry is Entry =>
  entry !== undefined && 'amount' in entry;

function checkSummary(
  entries: readonly (Entry | LabelledText)[],
  end: number,
): readonly Omit<Violation, 'invariant'>[] {
  const total = entries[end];
  if (!isEntry(total)) return [];
  const parts: Entry[] = [];
  for (let index = end - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (!isEntry(entry) || entry.amount.currency !== total.amount.currency) return [];
    parts.unshift(entry);
    if (SUBTOTAL.test(entry.label)) break;
    if (partOf(entry) === undefined) return [];
  }
  const subtotal = parts[0];
  if (subtotal === undefined || !SUBTOTAL.test(subtotal.label)) return [];
  const sums = possibleSums(subtotal.amount.value, parts.slice(1));
  const last = total.amount.value;
  if (sums.some((sum) => isSame(sum, last) || (sum < 0 && last === 0))) return [];
  return [
    wrongTotal(total, sums[0] ?? 0, parts.map((part) => `${part.label} ${part.amount.text}`).join(', ')),
  ];
}

/** What a part may add; more than one value where the page leaves it open, such as a tax that is already inside. */
function partOf({ label, amount }: Entry): readonly number[] | undefined {
  const size = Math.abs(amount.value);
  if (amount.isPercent) return undefined;
  if (TAX.test(label)) return [amount.value, 0];
  if (TAKEN.test(label)) return amount.value < 0 ? [amount.value] : [-size, 0];
  if (ADDED.test(label)) return [amount.value];
  return undefined;
}

function possibleSums(start: number, parts: readonly Entry[]): readonly number[] {
  return parts.reduce<readonly number[]>(
    (sums, part) => sums.flatMap((sum) => (partOf(part) ?? [0]).map((value) => sum + value)).slice(0, 64),
    [start],
  );
}

/** The lines of a cart against the first subtotal or total behind them. */
function checkLines(
  nodes: readonly PageNode[],
  entries: readonly (Entry | LabelledText)[],
): readonly Omit<Violation, 'invariant'>[] {
  const carts = collections(nodes).filter(({ rows }) => rows.every(isCartLine));
  const cart =
    carts.length > 0
      ? carts.reduce((inner, one) => (contains(inner.node, one.node) ? one : inner))
      : undefined;
  if (cart === undefined || carts.some((one) => one !== cart && !contains(one.node, cart.node))) return [];
  const inside = new Set(pageTexts([cart.node]).map((one) => one.node));
  const last = entries.findLastIndex((entry) => inside.has(entry.node));
  const stated = entries[last + 1];
  if (last < 0 || !isEntry(stated) || !(SUBTOTAL.test(stated.label) || TOTAL.test(stated.label))) return [];
  const lines = cart.rows.map((row) => ({
    count: pieces(row) ?? 1,
    money: readAmounts(textOf(row)).filter((amount) => amount.currency !== ''),
  }));
  if (lines.some((line) => line.money.some((amount) => amount.currency !== stated.amount.currency)))
    return [];
  const sumOf = (value: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((sum, line) => sum + value(line), 0);
  const sums = [
    sumOf(({ money, count }) => (money[0]?.value ?? 0) * count),
    sumOf(({ money }) => money.at(-1)?.value ?? 0),
    sumOf(({ money, count }) => (money.at(-1)?.value ?? 0) * count),
  ];
  if (sums.some((sum) => isSame(sum, stated.amount.value))) return [];
  const shown = lines
    .map(({ money, count }) => `${count} × ${money.map((one) => one.text).join(' / ')}`)
    .join(', ');
  return [wrongTotal(stated, sums[0] ?? 0, shown)];
}

function contains(outer: PageNode, inner: PageNode): boolean {
  return (
    outer !== inner &&
    (outer.children.includes(inner) || outer.children.some((child) => contains(child, inner)))
  );
}

/** Half a cent for each of a few roundings. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.03;
}

function wrongTotal(total: Entry, sum: number, parts: string): Omit<Violation, 'invariant'> {
  const right = sum.toFixed(2);
  return {
    key: `parts-add-up|${total.label.toLowerCase()}`,
    what: `${total.label} is ${total.amount.text}, but its parts make ${right}`,
    severity: 'high',
    category: 'state',
    expected: `${right} (${parts})`,
    actual: total.amount.text,
    node: total.node,
    ...(total.node.text.includes(total.amount.text) ? { expect: { notText: total.node.text } } : {}),
  };
}
