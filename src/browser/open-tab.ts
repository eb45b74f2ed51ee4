import type { BrowserContext, CDPSession, Page } from 'playwright';
import { type GuardOptions, guardNavigation } from './guard-navigation.ts';
import { createPageClock, type PageClock, type SessionClock } from './page-clock.ts';
import type { PageEvents } from './page-events.ts';
import { openUtilityWorld, type UtilityWorld } from './utility-world.ts';
import { type NavigationWatch, watchNavigation } from './watch-navigation.ts';
import { countFunctions } from './watch-scripts.ts';

/** One page of a session and what watches over it. */
export interface Tab {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly navigation: NavigationWatch;
  readonly world: UtilityWorld;
  /** Absent when the page runs on the machine's clock. */
  readonly clock?: PageClock;
}

export interface TabOptions {
  readonly events: PageEvents;
  readonly guard: Omit<GuardOptions, 'mainFrame'>;
  readonly clock?: SessionClock;
  readonly watchesScripts?: boolean;
}

/** Opens an empty page, guarded and watched. */
export async function openTab(context: BrowserContext, options: TabOptions): Promise<Tab> {
  const { events, guard } = options;
  const page = await events.adopt(() => context.newPage());
  events.follow(page);
  const cdp = await context.newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const mainFrame = frameTree.frame.id;
  const clock = options.clock === undefined ? undefined : createPageClock(cdp, options.clock);
  const [navigation, world] = await Promise.all([
    watchNavigation(cdp, mainFrame),
    openUtilityWorld(cdp, mainFrame),
    guardNavigation(page, cdp, { ...guard, mainFrame }),
    clock?.prepare(clock.session.now),
    options.watchesScripts === true ? countFunctions(cdp) : undefined,
  ]);
  return { page, cdp, navigation, world, ...(clock === undefined ? {} : { clock }) };
}
