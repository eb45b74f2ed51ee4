import type { CDPSession, Page } from 'playwright';
import type { BrowserPolicy } from '../verify/ports.ts';

/** Where a page may go, and what is sent to the site alone. */
export interface Guard {
  readonly policy: BrowserPolicy;
  readonly site: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly onBlocked: (url: string, why: string) => void;
}

export interface GuardOptions extends Guard {
  /** CDP's id of the page's main frame. */
  readonly mainFrame: string;
}

/**
 * Stops the page's own document from being loaded from anywhere but the allowed origins, redirects included, and adds
 * the configured headers to requests for the site's own origin.
 *
 * It works on CDP's Fetch domain because Playwright's routing does not see redirects. The filtering proxy stands below
 * it: what gets past this guard still reaches public addresses only.
 */
export async function guardNavigation(page: Page, cdp: CDPSession, options: GuardOptions): Promise<void> {
  const { policy, site, headers, onBlocked, mainFrame } = options;
  const hasHeaders = Object.keys(headers).length > 0;
  cdp.on('Fetch.requestPaused', (paused) => {
    const url = URL.canParse(paused.request.url) ? new URL(paused.request.url) : undefined;
    const isMainDocument = paused.resourceType === 'Document' && paused.frameId === mainFrame;
    if (isMainDocument && (url === undefined || !policy.mayVisit(url))) {
      onBlocked(paused.request.url, whyForbidden(paused.request.url, policy) ?? 'it is no address');
      // Rejects only when the page is gone.
      cdp
        .send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'BlockedByClient' })
        .catch(() => undefined);
      return;
    }
    const own =
      hasHeaders && url?.origin === site.origin ? withHeaders(paused.request.headers, headers) : undefined;
    cdp
      .send('Fetch.continueRequest', {
        requestId: paused.requestId,
        ...(own === undefined ? {} : { headers: own }),
      })
      .catch(() => undefined);
  });
  await cdp.send('Fetch.enable', {
    patterns: [
      { urlPattern: '*', resourceType: 'Document' },
      ...(hasHeaders ? [{ urlPattern: `${site.origin}/*` }] : []),
    ],
  });
  leaveForbidden(page, options);
}

/** Leaves a document that is where it may not be: `file:`, `data:` and the like are stopped by nothing before. */
export function leaveForbidden(page: Page, { policy, onBlocked }: Pick<Guard, 'policy' | 'onBlocked'>): void {
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    const why = whyForbidden(frame.url(), policy);
    if (why === undefined) return;
    onBlocked(frame.url(), why);
    // Rejects only when the page is gone.
    page.goto('about:blank').catch(() => undefined);
  });
}

/** Why a page may not be at an address; undefined when it may. */
export function whyForbidden(address: string, policy: BrowserPolicy): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || ['about:', 'chrome-error:'].includes(url.protocol) || policy.mayVisit(url))
    return undefined;
  const isOfNobody = !/^(?:https?|wss?):$/.test(url.protocol);
  return isOfNobody
    ? `a ${url.protocol} address is no page of a site`
    : `${url.origin} is not an allowed origin`;
}

function withHeaders(
  sent: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): { name: string; value: string }[] {
  const merged = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(added)) {
    const key = name.toLowerCase();
    // A page that proves itself by a token of its own means that one, as in any browser.
    if (key !== 'authorization' || !merged.has(key)) merged.set(key, value);
  }
  return [...merged].map(([name, value]) => ({ name, value }));
}
