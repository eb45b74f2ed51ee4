import type { Page, Request } from 'playwright';
import { sleep } from '../../lib/sleep.ts';
import { bounded } from '../bounded.ts';
import type { NavigationWatch } from '../watch-navigation.ts';

/** Within this long after an action the browser announces the navigation that it leads to. */
const NOTICE_MS = 60;

/**
 * Follows the navigations of a page by Playwright's events. They do not say whether one is about to begin, so whoever asks
 * for the first time after a while waits a moment.
 */
export function watchNavigationEvents(page: Page): NavigationWatch {
  let pending: Request | undefined;
  let documents = 0;
  let noticedAt = 0;
  let waiting: (() => void)[] = [];
  const end = (): void => {
    pending = undefined;
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  page.on('request', (request) => {
    if (isMainDocument(page, request)) pending = request;
  });
  page.on('requestfailed', (request) => {
    if (request === pending) end();
  });
  page.on('response', (response) => {
    // An answer without content leaves the document where it is.
    if (response.request() === pending && [204, 205].includes(response.status())) end();
  });
  page.on('domcontentloaded', () => {
    documents += 1;
  });
  page.on('load', end);
  page.on('close', end);
  return {
    isPending: () => pending !== undefined,
    documents: () => documents,
    async whenLoaded(limitMs) {
      if (pending === undefined && performance.now() - noticedAt > NOTICE_MS * 2) await sleep(NOTICE_MS);
      if (pending !== undefined) {
        const loaded = new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
        await bounded(loaded, limitMs);
        // What never loads is not waited for a second time.
        pending = undefined;
      }
      noticedAt = performance.now();
    },
  };
}

/** Whether a request is for the page's own document, and not for that of a frame. */
export function isMainDocument(page: Page, request: Request): boolean {
  try {
    return request.isNavigationRequest() && request.frame() === page.mainFrame();
  } catch {
    // Playwright knows no frame yet for the first request of a window that a page opens.
    return false;
  }
}
