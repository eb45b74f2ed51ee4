import type { BrowserContext, Page } from 'playwright';
import type { Guard } from '../guard-navigation.ts';
import { openContentWorld, type WorldName } from './content-world.ts';
import { guardRoutes } from './guard-routes.ts';
import type { TabEngine } from './tab-engine.ts';
import { watchNavigationEvents } from './watch-navigation-events.ts';

const SHOT_MS = 8_000;

/** Any engine that Playwright drives, by Playwright's own means alone. */
export async function openPortableEngine(
  context: BrowserContext,
  page: Page,
  { guard, worldName }: { readonly guard: Guard; readonly worldName: WorldName },
): Promise<TabEngine> {
  const navigation = watchNavigationEvents(page);
  await guardRoutes(page, guard);
  return {
    navigation,
    world: openContentWorld(page, worldName),
    async runFirst(source) {
      const script = await page.addInitScript({ content: source });
      return { end: () => script.dispose() };
    },
    // A document that was replaced meanwhile takes the call with it: the one that came instead is asked.
    evaluate: (expression) => page.evaluate(expression).catch(() => page.evaluate(expression)),
    async cookieNames() {
      const cookies = await context.cookies(page.url());
      return cookies.map(({ name }) => name);
    },
    shoot: (clip, fits) =>
      page.screenshot({ clip, fullPage: !fits, animations: 'allow', caret: 'initial', timeout: SHOT_MS }),
    forget: () => context.setStorageState({ cookies: [], origins: [] }),
  };
}
