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
