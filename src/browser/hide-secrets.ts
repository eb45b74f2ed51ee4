import type { Locator, Page } from 'playwright';
import { bounded } from './bounded.ts';

const LIMIT_MS = 2_500;
/** As in the redactor: shorter values would blot out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/**
 * Makes every element that shows one of `secrets` invisible, and returns what undoes it.
 *
 * The comparison runs on our side or in Playwright's isolated world: the page's own scripts never get the values.
 */
export async function hideSecrets(page: Page, secrets: readonly string[]): Promise<() => Promise<void>> {
  const long = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  if (long.length === 0) return async () => undefined;
  const fields = page.locator('input, textarea');
  const shown = await bounded(
    page.evaluate(() => document.body?.innerText ?? ''),
    LIMIT_MS,
  );
  const values = await bounded(fields.evaluateAll(readValues), LIMIT_MS);
  const hidden: Locator[] = [];
  for (const secret of long) {
    if (shown === undefined || shown.toLowerCase().includes(secret.toLowerCase())) {
      hidden.push(page.getByText(secret));
    }
    values?.forEach((value, index) => {
      if (value.includes(secret)) hidden.push(fields.nth(index));
    });
  }
  for (const locator of hidden) await bounded(locator.evaluateAll(setVisibility, 'hidden'), LIMIT_MS);
  return async () => {
    for (const locator of hidden) await bounded(locator.evaluateAll(setVisibility, ''), LIMIT_MS);
  };
}

/** Runs in the page. */
function readValues(elements: readonly Element[]): string[] {
  return elements.map((element) => String(Reflect.get(element, 'value') ?? ''));
}

/** Runs in the page. */
function setVisibility(elements: readonly Element[], value: string): void {
  for (const element of elements) {
    if (element instanceof HTMLElement) element.style.setProperty('visibility', value, 'important');
  }
}
