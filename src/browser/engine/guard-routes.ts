import type { Page } from 'playwright';
import { type Guard, leaveForbidden, whyForbidden } from '../guard-navigation.ts';
import { isMainDocument } from './watch-navigation-events.ts';

/**
 * Keeps the page's own document on the allowed origins, by Playwright's routing.
 *
 * Routing does not see where a redirect leads, so that a document is left as soon as it is asked for; what it asks for
 * passes the filtering proxy as everything does. Headers are not added: Playwright would send them along a redirect.
 */
export async function guardRoutes(page: Page, { policy, onBlocked }: Guard): Promise<void> {
  page.on('request', (request) => {
    if (request.redirectedFrom() === null || !isMainDocument(page, request)) return;
    const why = whyForbidden(request.url(), policy);
    if (why === undefined) return;
    onBlocked(request.url(), why);
    // Rejects only when the page is gone.
    page.goto('about:blank').catch(() => undefined);
  });
  leaveForbidden(page, { policy, onBlocked });
  await page.route(
    (url) => !policy.mayVisit(url),
    async (route) => {
      const request = route.request();
      const why = isMainDocument(page, request) ? whyForbidden(request.url(), policy) : undefined;
      if (why !== undefined) onBlocked(request.url(), why);
      const answered = why === undefined ? route.continue() : route.abort('blockedbyclient');
      await answered.catch(() => undefined); // the page is gone
    },
  );
}
