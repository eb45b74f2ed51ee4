import type { ElementBox } from '../ports.ts';
import type { ElementChange } from './element-change.ts';

/**
 * Whether a visible change looks like what a pull request is for, or like an accident.
 *
 * Wording that changed where it stands and parts that were added are what most harmless pull requests consist of. All
 * else needs a person to say so: another look, another place or size that nothing explains, what is gone, and numbers.
 */
export type Intent = 'suspicious' | 'looks-intended';

/** What no one writes for people to read: unfilled templates, values of a language, wrongly decoded bytes, markup. */
const GARBAGE =
  /\bNaN\b|\bundefined\b|\bnull\b|\[object \w+\]|\{\{|\}\}|\$\{|<%|%>|%[sd]\b|\uFFFD|Ã[\u0080-\u00BF©¤¶¼]|â€|&(?:amp|lt|gt|quot|nbsp|#\d+);|<\/?[a-z]+[^<]*>|\blorem ipsum\b/i;
/** A key of a translation that is shown instead of it: `cart.checkout.title`, `CHECKOUT_TITLE`. */
const KEY = /^(?:[a-z][\w-]*\.){1,6}[a-z][\w-]*$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const FAILURE =
  /\b(?:error|exception|failed|failure|something went wrong|not found|unavailable|try again|stack trace)\b/i;
const NUMBER = /[-−]?\d[\d.,]*/g;
/** A text that lost more than this share of its end was cut off. */
const CUT_OFF = 0.9;

export function intentOf(change: ElementChange): Intent {
  switch (change.kind) {
    case 'added':
      return isHarmlessText(change.head) && !change.isRepeated && change.head.width > 0
        ? 'looks-intended'
        : 'suspicious';
    case 'text':
      return isRewording(change.base, change.head) ? 'looks-intended' : 'suspicious';
    case 'removed':
    case 'restyled':
    case 'resized':
    case 'moved':
      return 'suspicious';
    default:
      return change satisfies never;
  }
}

/** Whether only the words of a text changed: still a text, whole, readable, with the same numbers. */
function isRewording(base: ElementBox, head: ElementBox): boolean {
  if (head.text === '' || isGarbage(head.text)) return false;
  if (!FAILURE.test(base.text) && FAILURE.test(head.text)) return false;
  if (head.text.length < base.text.length * CUT_OFF && isCutOff(base.text, head.text)) return false;
  return numbersOf(base.text) === numbersOf(head.text);
}

function isHarmlessText({ text, name }: ElementBox): boolean {
  return [text, name].every((words) => !isGarbage(words) && !FAILURE.test(words));
}

/** Whether a text holds what nobody wrote for people. */
export function isGarbage(text: string): boolean {
  return GARBAGE.test(text) || KEY.test(text.trim());
}

/** `Free delivery on all ord…` of `Free delivery on all orders`, though not a shorter sentence of whole words. */
function isCutOff(before: string, after: string): boolean {
  const kept = after.replace(/(?:\.\.\.|…)$/, '').trimEnd();
  if (kept === '' || !before.startsWith(kept)) return false;
  return kept !== after || /\p{L}/u.test(before.charAt(kept.length)) || after.split(' ').length <= 2;
}

function numbersOf(text: string): string {
  return (text.match(NUMBER) ?? []).map((number) => number.replace(/[.,]$/, '')).join(' ');
}
