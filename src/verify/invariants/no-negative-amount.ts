import type { PageModel, PageNode } from '../model/page-model.ts';
import { readAmounts } from './amounts.ts';
import type { Invariant, Violation } from './invariant.ts';
import { labelledTexts } from './labels.ts';
import { keyOf, pageTexts } from './page-texts.ts';

/** What somebody pays: never below zero. */
const PAYABLE =
  /^(?:(?:your|new|order|cart|basket|grand|estimated|line|item|current)\s)*(?:sub-?\s?)?total\b|^(?:sub-?total|amount due|(?:total )?due(?: today| now)?|to pay|you pay|price|unit price|shipping|delivery|tax|vat)\b|^(?:zwischensumme|gesamt(?:summe|betrag|preis)?|endbetrag|rechnungsbetrag|summe|zu zahlen|preis|versand|mwst)\b/i;
/** Lines that are below zero by nature, and comparisons with another time. */
const DEDUCTION =
  /discount|coupon|saving|saved|refund|credit|rebate|voucher|gift|\boff\b|promo|adjust|change|differ|delta|balance|return|\bvs\b|than|since|growth|profit|loss|net\b|rabatt|gutsch|nachlass|erspar|erstatt|abzug|differenz|änderung|saldo/i;
const SHOP =
  /\b(?:cart|basket|checkout|check out|coupon|promo code|your order|order (?:summary|total|now)|place order|quantity|qty|add to (?:cart|bag)|shipping|buy now|book(?:ing)? now|tickets?|warenkorb|bestell\w*|kasse|gutschein(?:code)?|menge|versand\w*)\b/i;
/** Where money goes both ways, an amount below zero says something. */
const LEDGER =
  /\b(?:expenses?|incomes?|transactions?|statements?|ledger|budgets?|profits?|loss(?:es)?|revenues?|portfolio|overdraft|withdrawals?|deposits?|cash ?flow|refund(?:ed|s)?|credit notes?|einnahmen|ausgaben|kontoauszug|buchung(?:en)?|umsätze|gewinn|verlust|gutschrift|erstattung|storno|bilanz)\b/i;

const SIGNED = /[-−–(][^\p{L}]{0,12}\d/u;

/** Counted things: `-1 items`, `Cart (-2)`, `−3 results`. */
const COUNT_BEFORE =
  /^(?:only |showing |you have )?[-−–]\s?\d+ (?:items?|results?|products?|tasks?|todos?|unread|messages?|notifications?|articles?|artikel|treffer|ergebnisse|produkte|seats?|people|persons?|guests?|members?|comments?|likes?|votes?|pieces?|stück)(?: left| found| in (?:cart|basket|stock))?[.!]?$|^[-−–]\s?\d+ left\b/i;
const COUNT_BEHIND =
  /^\p{L}[\p{L}\s]{0,30}\(\s?[-−–]\s?\d+\s?\)$|^(?:quantity|qty|items?(?: in (?:cart|basket))?|menge|anzahl|guests|seats|tickets|comments|results):?\s?[-−–]\s?\d+$/iu;

/** Nobody pays less than nothing, and nothing is there fewer than zero times. */
export const noNegativeAmount: Invariant = {
  name: 'no-negative-amount',
  check: ({ after }) => [...negativeMoney(after), ...negativeCounts(after)],
};

function negativeMoney(page: PageModel): readonly Omit<Violation, 'invariant'>[] {
  const texts = pageTexts(page.nodes);
  if (!texts.some((one) => SIGNED.test(one.text))) return [];
  const isShop = SHOP.test(page.url) || texts.some((one) => !one.isQuoted && SHOP.test(one.text));
  if (!isShop || texts.some((one) => LEDGER.test(one.text))) return [];
  return labelledTexts(page.nodes).flatMap(({ label, text, node, row }) => {
    const negative = readAmounts(text).find((one) => one.value < 0 && one.currency !== '' && !one.isPercent);
    if (negative === undefined || !PAYABLE.test(label) || DEDUCTION.test(`${label} ${text} ${row}`))
      return [];
    return [violation({ label, shown: negative.text, text, node, severity: 'critical' })];
  });
}

function negativeCounts(page: PageModel): readonly Omit<Violation, 'invariant'>[] {
  const texts = pageTexts(page.nodes).filter((one) => !one.isQuoted);
  // Where gains are written with a plus, a minus says a change.
  if (texts.some((one) => /^\+\s?\d/.test(one.text))) return [];
  return texts.flatMap(({ text, node }) => {
    if (text.length > 50 || !(COUNT_BEFORE.test(text) || COUNT_BEHIND.test(text))) return [];
    if (DEDUCTION.test(text)) return [];
    return [violation({ label: text, shown: text, text, node, severity: 'high' })];
  });
}

function violation(found: {
  readonly label: string;
  readonly shown: string;
  readonly text: string;
  readonly node: PageNode;
  readonly severity: Violation['severity'];
}): Omit<Violation, 'invariant'> {
  const { label, shown, text, node, severity } = found;
  const what = label === text ? `the page shows “${text}”` : `${label.replace(/[:\s]+$/, '')} is ${shown}`;
  return {
    key: `no-negative-amount|${keyOf(label)}`,
    what,
    severity,
    category: 'state',
    expected: 'nothing below zero',
    actual: shown,
    node,
    ...(node.text.includes(shown) ? { expect: { notText: shown } } : {}),
  };
}
