import type { BrowserContext, Page } from 'playwright';
import { openChromiumEngine } from './engine/chromium-engine.ts';
import type { WorldName } from './engine/content-world.ts';
import { openPortableEngine } from './engine/portable-engine.ts';
import type { TabEngine } from './engine/tab-engine.ts';
import type { Guard } from './guard-navigation.ts';
import { NOTE_HANDLERS } from './note-handlers.ts';
import { createPageClock, type PageClock, type SessionClock } from './page-clock.ts';
import type { PageEvents } from './page-events.ts';
import { countFunctions } from './watch-scripts.ts';

/** One page of a session and what watches over it. */
export interface Tab extends TabEngine {
  readonly page: Page;
  /** Absent when the page runs on the machine's clock. */
  readonly clock?: PageClock;
}

export interface TabOptions {
  readonly events: PageEvents;
  readonly guard: Guard;
  readonly clock?: SessionClock;
  readonly watchesScripts?: boolean;
  /** Of an engine that is not Chromium: our world there. */
  readonly worldName?: WorldName;
}

/** Opens an empty page, guarded and watched. */
export async function openTab(context: BrowserContext, options: TabOptions): Promise<Tab> {
  const { events, guard, worldName } = options;
  const page = await events.adopt(() => context.newPage());
  events.follow(page);
  const engine =
    worldName === undefined
      ? await openChromiumEngine(context, page, guard)
      : await openPortableEngine(context, page, { guard, worldName });
  const clock = options.clock === undefined ? undefined : createPageClock(engine, options.clock);
  await Promise.all([
    clock?.prepare(clock.session.now),
    engine.runFirst(NOTE_HANDLERS),
    options.watchesScripts === true && engine.cdp !== undefined ? countFunctions(engine.cdp) : undefined,
  ]);
  return { page, ...engine, ...(clock === undefined ? {} : { clock }) };
}
