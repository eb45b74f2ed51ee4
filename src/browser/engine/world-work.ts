import { isFocused, whyNotChoosable, whyNotEditable } from '../field-checks.ts';
import { hitTest } from '../hit-test.ts';
import { ELEMENTS, READ_FACTS } from '../read-facts.ts';
import { inlineScripts } from '../watch-scripts.ts';
import { removeMark } from '../write-storage.ts';

/** Every function that is called in our world of a page; there it is known by its place in this list. */
const WORK: readonly string[] = [
  READ_FACTS,
  ...[hitTest, isFocused, whyNotChoosable, whyNotEditable, inlineScripts, removeMark].map(String),
];

/** The name of a function of the list in our world, by its source. */
export function workName(source: string): number {
  const place = WORK.indexOf(source);
  if (place < 0) throw new Error(`not among the functions of the content world: ${source.slice(0, 60)}`);
  return place;
}

/** A selector engine of Playwright: its selectors are orders, and what it finds is an element that holds the answer. */
export const WORLD_SOURCE = `({
  queryAll(_root, body) {
    const work = [${WORK.map((source) => `(${source})`).join(',\n')}];
    const order = JSON.parse(decodeURIComponent(body));
    const answer = document.createElement('p');
    const call = work[order.work];
    const element = order.ref === undefined ? undefined : globalThis[${JSON.stringify(ELEMENTS)}]?.get(order.ref);
    const isGone = order.ref !== undefined && !element?.isConnected;
    const result = isGone ? undefined : order.ref === undefined ? call(order.argument) : call(element, order.argument);
    answer.textContent = JSON.stringify({ result });
    return [answer];
  },
})`;
