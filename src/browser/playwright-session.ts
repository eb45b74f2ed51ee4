import type { BrowserContext, CDPSession, Page } from 'playwright';
import type { BrowserPolicy, Navigation, Session, SessionOptions } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { captureScreenshot } from './capture-screenshot.ts';
import { describeElements, elementQuery, readElements } from './describe-elements.ts';
import { pressSubmit, readLoginForm, typeIntoField } from './login-form.ts';
import type { PageEvents } from './page-events.ts';
import { performStep } from './perform-step.ts';
import { settle } from './settle.ts';
import { readStorageState } from './storage-state.ts';

const READ_MS = 5_000;
const CLOSE_MS = 3_000;
const MAX_SNAPSHOT = 400_000;
/** One more than are followed, to tell that there are more. */
const MAX_LINKS = 501;

export interface SessionParts {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly events: PageEvents;
  readonly options: SessionOptions;
  readonly policy: BrowserPolicy;
  /** Why the proxy reached nothing at this address, if it did not. */
  readonly whyFailed: (url: string) => string | undefined;
}

export function createSession(parts: SessionParts): Session {
  const { context, page, cdp, events, options, policy } = parts;
  let isHung = false;
  const settled = async (): Promise<void> => {
    if ((await settle(page, events)) === 'hung') isHung = true;
  };
  return {
    async goto(url, limitMs) {
      const navigation = await navigate(parts, url, limitMs);
      if (navigation.kind === 'loaded') await settled();
      return navigation;
    },
    async perform(step, limitMs, stop) {
      if (isHung) return { kind: 'impossible', why: 'the page does not answer any more' };
      const outcome = await performStep(page, step, {
        limitMs,
        hasTouch: options.viewport.hasTouch,
        isStopped: () => stop?.aborted === true && events.inFlight() === 0,
      });
      if (outcome.kind === 'done' && !('expect' in step)) await settled();
      return outcome;
    },
    async observe() {
      const { shown, picture } = isHung ? {} : await look(parts);
      return {
        url: page.url(),
        title: shown?.title ?? '',
        snapshot: shown?.snapshot ?? '',
        ...events.take(),
        ...(shown === undefined || picture === undefined ? {} : { screenshot: picture }),
        isHung: shown === undefined,
      };
    },
    capture: () => captureScreenshot(page, cdp, options),
    async describeElements() {
      const elements = page.evaluate(describeElements, elementQuery(options.viewport.deviceScaleFactor));
      return readElements(await bounded(elements, READ_MS));
    },
    async listLinks() {
      return (await bounded(page.evaluate(readLinks, MAX_LINKS), READ_MS)) ?? [];
    },
    readLoginForm: () => readLoginForm(context, page),
    async typeCredential(field, value) {
      const url = URL.canParse(page.url()) ? new URL(page.url()) : undefined;
      if (url === undefined || !policy.mayVisit(url)) return 'origin-refused';
      return typeIntoField(page, field, value);
    },
    async submitLogin() {
      await pressSubmit(page);
      await settled();
    },
    storage: () => readStorageState(context, page),
    async close() {
      await bounded(context.close(), CLOSE_MS);
    },
  };
}

async function navigate(
  { page, events, whyFailed }: SessionParts,
  url: string,
  limitMs: number,
): Promise<Navigation> {
  try {
    const response = await page.goto(url, { timeout: limitMs, waitUntil: 'domcontentloaded' });
    const why = response?.status() === 403 ? events.whyBlocked(response.url()) : undefined;
    if (why !== undefined) return { kind: 'blocked', why };
    return { kind: 'loaded', status: response?.status() ?? 200, url: page.url() };
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (/ERR_BLOCKED_BY_CLIENT|ERR_TUNNEL_CONNECTION_FAILED/.test(text)) {
      const why = events.whyBlocked();
      const failure = why === undefined ? whyFailed(url) : undefined;
      if (failure !== undefined) return { kind: 'failed', why: failure };
      return { kind: 'blocked', why: why ?? 'the address is refused' };
    }
    const isUnanswered = /ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(text);
    return { kind: 'failed', why: (isUnanswered ? whyFailed(url) : undefined) ?? inWords(text, limitMs) };
  }
}

/** Chromium's codes for the common failures, as a person would say them. */
function inWords(text: string, limitMs: number): string {
  const code = /ERR_[A-Z_]+/.exec(text)?.[0];
  if (code === 'ERR_CONNECTION_REFUSED') return 'the connection was refused';
  if (code === 'ERR_EMPTY_RESPONSE' || code === 'ERR_CONNECTION_RESET')
    return 'the connection was closed without an answer';
  if (code === 'ERR_TOO_MANY_REDIRECTS') return 'it redirects without end';
  if (code === 'ERR_NAME_NOT_RESOLVED') return 'its name has no address';
  if (code !== undefined) return `the browser reports ${code}`;
  return `it did not load within ${Math.round(limitMs / 1000)} s`;
}

interface Shown {
  readonly title: string;
  readonly snapshot: string;
}

/** Reads the page and takes its picture at the same time. */
async function look({
  page,
  cdp,
  options,
}: SessionParts): Promise<{ readonly shown?: Shown | undefined; readonly picture?: Uint8Array | undefined }> {
  const reading = read(page);
  const [shown, picture] = await Promise.all([
    reading,
    captureScreenshot(page, cdp, { ...options, reading }),
  ]);
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

/** Runs in the page. */
function readLinks(limit: number): { url: string; name: string }[] {
  const links = new Map<string, { url: string; name: string }>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (links.size >= limit) break;
    const url = String(link.href);
    // The place of an address is that of its first link, its name that of the last.
    if (link.getClientRects().length === 0 || link.hasAttribute('download')) continue;
    const name = (link.getAttribute('aria-label') ?? link.textContent ?? '').replace(/\s+/g, ' ').trim();
    links.set(url, { url, name: name.slice(0, 100) });
  }
  return [...links.values()];
}
