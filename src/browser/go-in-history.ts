import type { StepOutcome } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { Tab } from './open-tab.ts';

const COMMIT_MS = 8_000;

/** Goes back, forward or loads the page again; the new document has begun when this ends. */
export async function goInHistory(
  { page, cdp }: Tab,
  where: 'back' | 'forward' | 'reload',
): Promise<StepOutcome> {
  const options = { waitUntil: 'commit', timeout: COMMIT_MS } as const;
  if (where === 'reload') return outcome(page.reload(options), 'the page did not load again');
  const history = await bounded(cdp.send('Page.getNavigationHistory'), COMMIT_MS);
  const entry = history?.entries[history.currentIndex + (where === 'back' ? -1 : 1)];
  if (entry === undefined || entry.url === 'about:blank') {
    return { kind: 'impossible', why: `there is no page to go ${where} to` };
  }
  const gone = where === 'back' ? page.goBack(options) : page.goForward(options);
  return outcome(gone, `the page did not go ${where}`);
}

async function outcome(work: Promise<unknown>, why: string): Promise<StepOutcome> {
  const isDone = await bounded(
    work.then(() => true),
    COMMIT_MS,
  );
  return isDone === true ? { kind: 'done' } : { kind: 'impossible', why };
}
