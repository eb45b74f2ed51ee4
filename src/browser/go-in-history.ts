import type { Page } from 'playwright';
import type { StepOutcome } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import type { Tab } from './open-tab.ts';

const COMMIT_MS = 8_000;
const OPTIONS = { waitUntil: 'commit', timeout: COMMIT_MS } as const;

/** Goes back, forward or loads the page again; the new document has begun when this ends. */
export async function goInHistory(tab: Tab, where: 'back' | 'forward' | 'reload'): Promise<StepOutcome> {
  const { page } = tab;
  if (where === 'reload') return outcome(page.reload(OPTIONS), 'the page did not load again');
  const isEnd: StepOutcome = { kind: 'impossible', why: `there is no page to go ${where} to` };
  if (tab.canGo !== undefined) {
    if ((await bounded(tab.canGo(where), COMMIT_MS)) !== true) return isEnd;
    return outcome(go(page, where), `the page did not go ${where}`);
  }
  let hasMoved = false;
  const onMove = (): void => {
    hasMoved = true;
  };
  page.on('framenavigated', onMove);
  const gone = await outcome(go(page, where), `the page did not go ${where}`);
  page.off('framenavigated', onMove);
  if (gone.kind === 'impossible') return gone;
  // Before the first page lies the empty one with which we began.
  if (page.url() === 'about:blank') await bounded(page.goForward(OPTIONS), COMMIT_MS);
  else if (hasMoved) return gone;
  return isEnd;
}

function go(page: Page, where: 'back' | 'forward'): Promise<unknown> {
  return where === 'back' ? page.goBack(OPTIONS) : page.goForward(OPTIONS);
}

async function outcome(work: Promise<unknown>, why: string): Promise<StepOutcome> {
  const isDone = await bounded(
    work.then(() => true),
    COMMIT_MS,
  );
  return isDone === true ? { kind: 'done' } : { kind: 'impossible', why };
}
