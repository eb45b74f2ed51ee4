import type { Page } from 'playwright';
import { sleep } from '../lib/sleep.ts';
import { bounded } from './bounded.ts';
import type { PageEvents } from './page-events.ts';

const QUIET_MS = 60;
const POLL_MS = 20;
const EVALUATE_MS = 2_500;
const SETTLE_MS = 5_000;

/**
 * Waits until the network has been quiet for 60 ms and two looks at the document agree, at most five seconds.
 *
 * Finite animations are brought to their end. `hung` means that the page stopped answering.
 */
export async function settle(page: Page, events: PageEvents): Promise<'settled' | 'restless' | 'hung'> {
  const deadline = performance.now() + SETTLE_MS;
  let before: string | undefined;
  while (performance.now() < deadline) {
    await sleep(POLL_MS);
    if (page.isClosed()) return 'hung';
    if (events.inFlight() > 0 || performance.now() - events.lastRequestAt() < QUIET_MS) {
      before = undefined;
      continue;
    }
    const startedAt = performance.now();
    const sign = await bounded(page.evaluate(readSign), EVALUATE_MS);
    if (sign === undefined) {
      if (performance.now() - startedAt >= EVALUATE_MS) return 'hung';
      before = undefined;
    } else if (sign === before && sign.startsWith('ready')) return 'settled';
    else before = sign;
  }
  return 'restless';
}

/** Runs in the page. */
function readSign(): string {
  for (const animation of document.getAnimations()) {
    const end = animation.effect?.getComputedTiming().endTime;
    if (animation.playState === 'running' && typeof end === 'number' && Number.isFinite(end))
      animation.finish();
  }
  const ready =
    document.readyState === 'complete' && document.fonts.status === 'loaded' ? 'ready' : 'loading';
  const body = document.body;
  return [ready, location.href, document.getElementsByTagName('*').length, body?.innerText.length ?? 0].join(
    ' ',
  );
}
