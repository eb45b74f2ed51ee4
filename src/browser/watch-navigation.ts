import type { CDPSession } from 'playwright';
import { bounded } from './bounded.ts';

/** Tells whether the main document of a tab is about to be replaced. */
export interface NavigationWatch {
  /** A navigation was asked for and its document has not loaded; up to date when any later command was answered. */
  isPending(): boolean;
  /** How many documents there have been. */
  documents(): number;
  /** Waits until no navigation is under way, at most `limitMs`. */
  whenLoaded(limitMs: number): Promise<void>;
}

/**
 * Follows the navigations of a tab by CDP's events. A click's navigation is announced before the answer to any command
 * that is sent after the click, so that nobody takes the old document for the result.
 */
export async function watchNavigation(cdp: CDPSession, mainFrame: string): Promise<NavigationWatch> {
  let isPending = false;
  let documents = 0;
  let waiting: (() => void)[] = [];
  const begin = (frame: string): void => {
    if (frame === mainFrame) isPending = true;
  };
  const end = (frame: string): void => {
    if (frame !== mainFrame) return;
    isPending = false;
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  cdp.on('Page.frameRequestedNavigation', ({ frameId, disposition }) => {
    if (disposition === 'currentTab') begin(frameId);
  });
  cdp.on('Page.frameScheduledNavigation', ({ frameId, delay }) => {
    if (delay < 1) begin(frameId);
  });
  cdp.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
    if (navigationType !== 'sameDocument' && navigationType !== 'historySameDocument') begin(frameId);
  });
  cdp.on('Page.frameStartedLoading', ({ frameId }) => begin(frameId));
  cdp.on('Page.frameStoppedLoading', ({ frameId }) => end(frameId));
  cdp.on('Page.frameClearedScheduledNavigation', ({ frameId }) => end(frameId));
  cdp.on('Page.navigatedWithinDocument', ({ frameId }) => end(frameId));
  cdp.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id === mainFrame) documents += 1;
  });
  await cdp.send('Page.enable');
  return {
    isPending: () => isPending,
    documents: () => documents,
    async whenLoaded(limitMs) {
      if (!isPending) return;
      const loaded = new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      await bounded(loaded, limitMs);
      // What never loads is not waited for a second time.
      isPending = false;
    },
  };
}
