import { foldSpace } from '../model/template-text.ts';

const NUMBER =
  /(?<![\p{L}\d])([(]?[-−–]?\s?[$€£¥₹]?\s?[-−–]?)(\d+(?:[ ,.’'\u00a0\u202f]\d{3})*(?:[.,]\d+)?)/gu;
const MONEY = /[$€£¥₹]\s?[-−–]?\d|\d\s?(?:[€£$¥₹]|(?:USD|EUR|GBP|CHF|kr|zł)\b)/u;
const ERROR =
  /\b(?:errors?|fail(?:s|ed|ure)?|invalid|required|requires|must|cannot|can['’]?t|could ?n[o'’]t|unable|denied|wrong|not found|(?:does|do|did) ?n[o'’]t|is ?n[o'’]t|too (?:long|short|many|large|small|high|low)|incorrect|oops|sorry|problem|expired|unavailable|forbidden|rejected|already (?:exists|taken|used|in use)|missing|please (?:enter|fill|select|choose|provide|try|check)|no longer|not (?:valid|allowed|available|enough|supported)|try again|at least|at most)\b/i;
const UNREADABLE =
  /(?<!\p{L})(?:NaN|undefined)(?!\p{L})|(?<![\p{L}] )\bnull\b|\[object \w+\]|\{\{.*?\}\}|\$\{.*?\}|\bInvalid Date\b|(?<!\w)%[sd]\b|\bInfinity\b|&(?:amp|lt|gt|quot|nbsp|#\d+);/u;
const TRANSLATION_KEY = /^[a-z][\w-]*(?:\.[a-z][\w-]*){1,5}$/;
const HOST = /\.(?:com|org|net|dev|io|app|test|example|local)$/;
const FILE = /^[^.]+\.(?:js|ts|css|html?|json|md|txt|pdf|png|jpe?g|csv|xml|zip)$/;
const NEGATION = /\b(?:no|not|never|none|nothing|without)\b|n['’]t\b/i;

/** Words of which a page means one and not another: to show the other is no other wording. */
const OPPOSED: readonly ReadonlySet<string>[] = [
  'mon tue wed thu fri sat sun',
  'monday tuesday wednesday thursday friday saturday sunday',
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep sept oct nov dec',
  'today tomorrow yesterday overdue',
  'yes no',
  'on off',
  'true false',
  'am pm',
  'open closed',
  'active inactive',
  'enabled disabled',
  'show hide shown hidden',
  'expand collapse',
  'online offline',
  'ascending descending asc desc',
  'low medium high critical',
  'pending paid shipped delivered cancelled canceled refunded',
  'todo doing done',
  'completed incomplete',
  'morning afternoon evening night',
  'first second third last',
  'increase decrease',
  'up down',
  'more less fewer',
  'success error failure warning',
  'valid invalid',
  'public private',
  'light dark',
  'free paid',
  'won lost draw',
  'added removed',
  'added deleted',
  'created deleted',
  'created updated',
  'next previous',
  'read unread',
  'login logout',
  'play pause',
].map((words) => new Set(words.split(' ')));

/** The text with every number as `#`: what it says, whatever the figures. */
export function foldNumbers(text: string): string {
  return foldSpace(text.replace(NUMBER, '#').replace(/#\s?(?:[€£$¥₹]|%)|#\)/g, '#'));
}

/** The text of `template` with the figures of `text` where it has `#`, in order. */
export function fillNumbers(template: string, text: string): string {
  const figures = [...text.matchAll(NUMBER)].map(([figure]) => figure);
  let index = 0;
  return template.replace(/#/g, () => figures[index++] ?? '#');
}

export function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** The numbers of a text; below zero by a sign before the figure or its currency, or by brackets around money. */
export function readNumbers(text: string): readonly number[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const [whole, lead = '', digits = '0'] = match;
    const cents = /[.,](\d{1,2}|\d{4,})$/.exec(digits);
    const units = (cents === null ? digits : digits.slice(0, cents.index)).replace(/\D/g, '');
    const value = Number(`${units}.${cents?.[1] ?? '0'}`);
    const isJoined = /^[-–]$/.test(lead.trim()) && /\d\s?$/.test(text.slice(0, match.index));
    const inBrackets = lead.startsWith('(') && MONEY.test(whole) && text[match.index + whole.length] === ')';
    return (/[-−–]/.test(lead) && !isJoined) || inBrackets ? -value : value;
  });
}

export function isMoney(text: string): boolean {
  return MONEY.test(text);
}

/** It says that something went wrong or is not allowed. */
export function isErrorLike(text: string): boolean {
  return ERROR.test(text);
}

/** It shows the inside of a program instead of words. */
export function isUnreadable(text: string): boolean {
  return UNREADABLE.test(text) || (TRANSLATION_KEY.test(text) && !HOST.test(text) && !FILE.test(text));
}

/** Two texts that cannot be two wordings of one thing. */
export function contradict(base: string, head: string): boolean {
  const [from, to] = [wordsOf(base), wordsOf(head)];
  const gone = from.filter((word) => !to.includes(word));
  const come = to.filter((word) => !from.includes(word));
  if (gone.some((word) => OPPOSED.some((set) => set.has(word) && come.some((other) => set.has(other))))) {
    return true;
  }
  const isNegated = (word: string, others: readonly string[]): boolean =>
    word.length > 3 && ['un', 'in', 'dis'].some((prefix) => others.includes(`${prefix}${word}`));
  if (gone.some((word) => isNegated(word, come)) || come.some((word) => isNegated(word, gone))) return true;
  // “Nothing to do yet” and “No tasks” agree; “No results” and “Results” do not.
  return NEGATION.test(base) !== NEGATION.test(head) && similarity(affirm(base), affirm(head)) >= 0.8;
}

function affirm(text: string): string {
  return text.replace(new RegExp(NEGATION, 'gi'), ' ');
}

/** Whether two texts are the same but for words in the singular or plural. */
export function isSameButPlural(a: string, b: string): boolean {
  const stems = (text: string): string =>
    wordsOf(text)
      .map((word) => word.replace(/(?:ies|y|es|s)$/, ''))
      .join(' ');
  return stems(a) === stems(b);
}

/** Share of common words, 0 to 1. */
export function similarity(base: string, head: string): number {
  const [from, to] = [new Set(wordsOf(base)), new Set(wordsOf(head))];
  const common = [...from].filter((word) => to.has(word)).length;
  return from.size + to.size === 0 ? 0 : (2 * common) / (from.size + to.size);
}

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Without white space: equal for the same words however they are cut into elements. */
export function squash(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A text short enough for a title. */
export function cut(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
