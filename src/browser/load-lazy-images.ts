import type { Page } from 'playwright';
import { sleep } from '../lib/sleep.ts';
import { bounded } from './bounded.ts';

const EVALUATE_MS = 2_500;
const LOAD_MS = 3_000;
const POLL_MS = 25;
/** What has not begun to load after so long in view does not wait for being seen. */
const NOTICE_MS = 500;

/**
 * Makes images load that wait until they are scrolled into view: a picture of the whole page shows them, too.
 *
 * Pages without such images cost one look. Those that only a script can load are scrolled to, and the page is put back
 * to its top. Takes three seconds at most.
 */
export async function loadLazyImages(page: Page): Promise<void> {
  const deadline = performance.now() + LOAD_MS;
  const isLate = (): boolean => performance.now() >= deadline;
  const look = (from: number) => bounded(page.evaluate(wakeLazyImages, from), EVALUATE_MS);
  let found = await look(0);
  let hasScrolled = false;
  while (found !== undefined && found.next >= 0 && !isLate()) {
    hasScrolled = true;
    const seenAt = performance.now();
    const sought = found.next;
    await bounded(page.evaluate(scrollToImage, sought), EVALUATE_MS);
    while (found?.next === sought && performance.now() - seenAt < NOTICE_MS && !isLate()) {
      await sleep(POLL_MS);
      found = await look(sought);
    }
    // It came, or it never will: on to the next one.
    if (found?.next === sought) found = await look(sought + 1);
  }
  while (found !== undefined && found.loading > 0 && !isLate()) {
    await sleep(POLL_MS);
    found = await look(Number.MAX_SAFE_INTEGER);
  }
  if (hasScrolled) await bounded(page.evaluate(scrollToImage, -1), EVALUATE_MS);
}

/**
 * Runs in the page: has the browser load the images that it puts off; returns how many are on their way, and the place
 * of the first from `from` on that a script puts off, or -1.
 */
function wakeLazyImages(from: number): { loading: number; next: number } {
  let loading = 0;
  let next = -1;
  for (const [index, image] of [...document.images].entries()) {
    if (image.loading === 'lazy' && !image.complete) image.loading = 'eager';
    if (image.getClientRects().length === 0) continue;
    if (!image.complete) loading += 1;
    const later = image.dataset['src'] ?? image.dataset['lazySrc'] ?? image.dataset['original'];
    const isWaiting = later !== undefined && !image.src.endsWith(later.replace(/^\.*\//, ''));
    if (isWaiting && next < 0 && index >= from) next = index;
  }
  return { loading, next };
}

/** Runs in the page. */
function scrollToImage(index: number): void {
  const image = document.images[index];
  const scroller = document.scrollingElement ?? document.documentElement;
  if (image === undefined) scroller.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  else image.scrollIntoView({ block: 'center', behavior: 'instant' });
}
