import { openBrowser } from '../../src/browser/open-browser.ts';
import { type PageNode, walkNodes } from '../../src/verify/model/page-model.ts';
import type { Browser, Session, SessionOptions } from '../../src/verify/ports.ts';
import { type Pages, type ServedPages, servePages } from './serve-pages.ts';

/** What every session of a test's clock begins at: 2026-01-01T00:00:00Z. */
export const CLOCK_AT = 1_767_225_600_000;
const FIXED = { kind: 'fixed', at: CLOCK_AT, seed: 7 } as const;

export interface BrowserBench {
  readonly site: ServedPages;
  /** Opens a session with the fixed clock on a path, works with it, and closes it. */
  on<Result>(
    path: string,
    work: (session: Session) => Promise<Result>,
    over?: Partial<SessionOptions>,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** A browser and a small site for the tests of one file. */
export async function openBrowserBench(pages: Pages): Promise<BrowserBench> {
  const site = await servePages(pages);
  const policy = { mayVisit: () => true, privateHosts: [site.host] };
  const browser: Browser = await openBrowser({ policy }, new AbortController().signal);
  return {
    site,
    async on(path, work, over = {}) {
      const session = await browser.openSession({ ...plainSession(site.url), clock: FIXED, ...over });
      try {
        await session.goto(site.url + path, 10_000);
        return await work(session);
      } finally {
        await session.close();
      }
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** A session in a small light window, with the clock of this machine. */
export function plainSession(url: string): SessionOptions {
  return {
    site: new URL(url),
    viewport: {
      name: 'desktop',
      width: 800,
      height: 600,
      deviceScaleFactor: 1,
      isMobile: false,
      hasTouch: false,
    },
    colorScheme: 'light',
    locale: 'en-US',
    timezone: 'UTC',
    headers: {},
    masks: [],
    secrets: [],
  };
}

/** All that a tree shows, in document order, names before texts. */
export function shownText(nodes: readonly PageNode[]): string {
  return [...walkNodes(nodes)]
    .flatMap(({ name, text }) => [name, text])
    .filter((part) => part !== '')
    .join(' ');
}
