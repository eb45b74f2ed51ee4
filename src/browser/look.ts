import type { Page } from 'playwright';
import type { SessionOptions } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { captureScreenshot } from './capture-screenshot.ts';
import type { Tab } from './open-tab.ts';

const READ_MS = 5_000;
const MAX_SNAPSHOT = 400_000;

interface Shown {
  readonly title: string;
  readonly snapshot: string;
}

/** Reads the page and takes its picture at the same time. */
export async function look(
  tab: Tab,
  options: Pick<SessionOptions, 'masks' | 'secrets'>,
): Promise<{ readonly shown?: Shown | undefined; readonly picture?: Uint8Array | undefined }> {
  const reading = read(tab.page);
  const [shown, picture] = await Promise.all([reading, captureScreenshot(tab, { ...options, reading })]);
  return { shown, picture };
}

async function read(page: Page): Promise<Shown | undefined> {
  const [title, snapshot] = await Promise.all([
    bounded(page.title(), READ_MS),
    bounded(page.ariaSnapshot({ timeout: READ_MS }), READ_MS),
  ]);
  return title === undefined || snapshot === undefined
    ? undefined
    : { title, snapshot: snapshot.slice(0, MAX_SNAPSHOT) };
}
