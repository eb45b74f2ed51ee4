import type { PageModel } from '../model/page-model.ts';
import { walkNodes } from '../model/page-model.ts';
import type { Invariant, Violation } from './invariant.ts';
import { FIELD_ROLES, isTechnical, keyOf, type PageText, pageTexts } from './page-texts.ts';

const WORD = /(?<![\p{L}\d_.'"“„«`(])(?:NaN|undefined|null|-?Infinity)(?![\p{L}\d_'"”`(]|\.\p{L})/u;
const OBJECT =
  /\[object (?:Object|Promise|Undefined|Null|HTML\w+|Set|Map)\]|(?<!["'“])\bInvalid Date\b(?!["'”])/;
/** With a unit or a currency it is a value wherever it stands. */
const WITH_UNIT =
  /[$€£¥]\s?-?(?:NaN|undefined|null|Infinity)\b|(?<![\p{L}_.])(?:NaN|undefined|null|Infinity)\s?(?:[$€£%]|(?:EUR|USD|GBP|CHF|px|kg|km|ms)\b)/u;
const AFTER_LABEL = /^[\p{L}][\p{L}\s]{0,40}:\s?(?:NaN|undefined|null|-Infinity)$/u;
/** Where `null` is a word of the language, and not a value that went astray. */
const NULL_WORD =
  /\bnull (?:hypothes|and void|value|pointer|island|result|set|character|check|safe|terminat)|\b(?:is|as|or|are|be|gleich|the|a|zu) null\b/i;
const AMOUNT_LABEL =
  /\b(?:total|sum|price|amount|average|avg|rate|mean|score|per|tax|count|preis|summe|gesamt)\b/i;
const MAX_WORDS = 6;

/** No text shows a value that a program could not make sense of: `NaN`, `undefined`, `[object Object]`. */
export const noRawValue: Invariant = {
  name: 'no-raw-value',
  check: ({ after }) => {
    const technical = isTechnical(after);
    const found = pageTexts(after.nodes).flatMap((one) => {
      const raw = rawValue(one, technical);
      return raw === undefined ? [] : [violation(one, raw)];
    });
    return [...found, ...(technical ? [] : rawAddresses(after))];
  },
};

function rawValue(one: PageText, technical: boolean): string | undefined {
  const { text, node, isQuoted } = one;
  if (FIELD_ROLES.has(node.role)) {
    // A person may type such a word; nobody types one of these.
    return /^(?:undefined|NaN|\[object Object\]|Invalid Date)$/.test(text) ? text : undefined;
  }
  if (isQuoted || text.length > 160) return undefined;
  const unit = WITH_UNIT.exec(text)?.[0];
  if (unit !== undefined) return unit;
  const object = OBJECT.exec(text)?.[0];
  const words = text.split(/\s+/).length;
  if (technical) return undefined;
  if (object !== undefined) return object;
  if (AFTER_LABEL.test(text)) return WORD.exec(text)?.[0];
  const word = WORD.exec(text)?.[0];
  if (word === undefined || words > MAX_WORDS) return undefined;
  if (word === 'null') return isStrayNull(text) ? word : undefined;
  if (word.endsWith('Infinity')) return isStrayInfinity(text, word) ? word : undefined;
  return word;
}

/** At an end of a short text, and not as a word of the sentence. */
function isStrayNull(text: string): boolean {
  return !NULL_WORD.test(text) && (/^null\b/.test(text) || /\bnull\W*$/.test(text));
}

/** The word is also a name; as a value it has a sign or stands by an amount. */
function isStrayInfinity(text: string, word: string): boolean {
  return word.startsWith('-') || (AMOUNT_LABEL.test(text) && /Infinity\W*$/.test(text));
}

function violation({ text, node }: PageText, raw: string): Omit<Violation, 'invariant'> {
  return {
    key: `no-raw-value|${raw.replace(/[^\p{L}]/gu, '')}|${node.role}|${keyOf(text)}`,
    what: `the page shows “${raw}” in “${text.slice(0, 80)}”`,
    severity: /[$€£]/.test(raw) || raw === 'NaN' ? 'high' : 'medium',
    category: 'state',
    expected: 'a value that means something',
    actual: text.slice(0, 120),
    node,
    ...(FIELD_ROLES.has(node.role) || text !== node.text ? {} : { expect: { notText: text.slice(0, 120) } }),
  };
}

const RAW_SEGMENT = /\/(?:undefined|NaN|null|\[object(?:%20| )Object\])(?:[/?#]|$)/;

/** Links and requests that lead to `/products/undefined`. */
function rawAddresses(page: PageModel): readonly Omit<Violation, 'invariant'>[] {
  const found: Omit<Violation, 'invariant'>[] = [];
  for (const node of walkNodes(page.nodes)) {
    const raw = RAW_SEGMENT.exec(node.url ?? '')?.[0];
    if (raw === undefined) continue;
    found.push({
      key: `no-raw-value|link|${keyOf(node.url ?? '')}`,
      what: `the link “${node.name}” leads to ${node.url?.slice(0, 120)}`,
      severity: 'medium',
      category: 'flow',
      expected: 'an address that exists',
      actual: node.url ?? '',
      node,
    });
  }
  for (const { method, url } of page.requests) {
    const path = URL.canParse(url) ? new URL(url).pathname : '';
    if (!RAW_SEGMENT.test(path)) continue;
    found.push({
      key: `no-raw-value|request|${method}|${keyOf(path)}`,
      what: `the page asks for ${method} ${path.slice(0, 120)}`,
      severity: 'medium',
      category: 'state',
      expected: 'an address with a value in it',
      actual: `${method} ${path.slice(0, 120)}`,
    });
  }
  return found;
}
