import type { Page } from 'playwright';
import type { Navigation } from '../verify/ports.ts';
import type { PageEvents } from './page-events.ts';

export interface NavigateOptions {
  readonly events: PageEvents;
  /** Why the proxy reached nothing at this address, if it did not. */
  readonly whyFailed: (url: string) => string | undefined;
  readonly limitMs: number;
}

/** Loads an address until its document is there, or says why it is not. */
export async function navigate(
  page: Page,
  url: string,
  { events, whyFailed, limitMs }: NavigateOptions,
): Promise<Navigation> {
  try {
    const response = await page.goto(url, { timeout: limitMs, waitUntil: 'domcontentloaded' });
    const why = response === null ? undefined : events.whyBlocked(response.url());
    if (why !== undefined) return { kind: 'blocked', why };
    return { kind: 'loaded', status: response?.status() ?? 200, url: page.url() };
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const isLate = text.startsWith('page.goto: Timeout ');
    const isRefused = /ERR_BLOCKED_BY_CLIENT|ERR_TUNNEL_CONNECTION_FAILED/.test(text);
    // Only Chromium says that it was us.
    const isUnclear = !isLate && !/ERR_[A-Z_]+/.test(text.replaceAll('NS_ERROR_', ''));
    const why = isLate ? undefined : events.whyBlocked();
    if (why !== undefined) return { kind: 'blocked', why };
    const isUnanswered = /ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(text);
    const failure = isRefused || isUnclear || isUnanswered ? whyFailed(url) : undefined;
    if (failure !== undefined) return { kind: 'failed', why: failure };
    if (isRefused) return { kind: 'blocked', why: 'the address is refused' };
    return {
      kind: 'failed',
      why: isLate ? `it did not load within ${Math.round(limitMs / 1000)} s` : inWords(text),
    };
  }
}

/** The browser's words for the common failures, as a person would say them. */
function inWords(text: string): string {
  if (/CONNECTION_REFUSED|could not connect/i.test(text)) return 'the connection was refused';
  if (/ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|NET_RESET|NET_EMPTY/.test(text))
    return 'the connection was closed without an answer';
  if (/TOO_MANY_REDIRECTS|REDIRECT_LOOP|too many .*redirects/i.test(text)) return 'it redirects without end';
  if (/NAME_NOT_RESOLVED|UNKNOWN_HOST/.test(text)) return 'its name has no address';
  const code = /\b(?:ERR|NS_ERROR)_[A-Z_]+/.exec(text)?.[0];
  return code === undefined ? 'it did not load' : `the browser reports ${code}`;
}
