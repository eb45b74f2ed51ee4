import { randomBytes } from 'node:crypto';
import { type Page, selectors as playwrightSelectors, type Selectors } from 'playwright';
import { bounded } from '../bounded.ts';
import type { UtilityWorld } from './utility-world.ts';
import { WORLD_SOURCE, workName } from './world-work.ts';

/** Name of the selector engine that stands for our world; no page can guess it. */
export type WorldName = string & { readonly kind: 'world' };

let registered: Promise<WorldName> | undefined;

/**
 * Makes the functions of ours known to Playwright, before the first page is opened.
 *
 * A selector engine that is a “content script” is the one documented way to run code in the world where Playwright keeps
 * what `ariaSnapshotJSON` called the elements, out of reach of the page's scripts, in every engine.
 */
export function registerContentWorld(selectors: Selectors = playwrightSelectors): Promise<WorldName> {
  registered ??= (async () => {
    const name = `firsthand${randomBytes(8).toString('hex')}`;
    await selectors.register(name, { content: WORLD_SOURCE }, { contentScript: true });
    return name as WorldName; // nothing else makes one
  })();
  return registered;
}

/** The same as `openUtilityWorld`, by a selector whose match is an element of no document that holds the answer. */
export function openContentWorld(page: Page, name: WorldName): UtilityWorld {
  const ask = async (order: object, limitMs: number): Promise<unknown> => {
    // Quotes and `>>` would mean something to Playwright's parser.
    const body = encodeURIComponent(JSON.stringify(order)).replaceAll("'", '%27');
    const asked = page.locator(`${name}=${body}`).textContent({ timeout: limitMs });
    const answer: unknown = JSON.parse((await bounded(asked, limitMs)) ?? '{}');
    return typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'result') : undefined;
  };
  return {
    call: async <Argument, Result>(
      work: ((argument: Argument) => Result) | string,
      argument: Argument,
      limitMs: number,
    ) => (await ask({ work: workName(String(work)), argument }, limitMs)) as Result | undefined,
    callOn: async <Argument, Result>(
      ref: string,
      work: (element: Element, argument: Argument) => Result,
      argument: Argument,
      limitMs: number,
    ) => (await ask({ work: workName(String(work)), ref, argument }, limitMs)) as Result | undefined,
  };
}
