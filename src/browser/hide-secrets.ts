import type { Locator, Page } from 'playwright';
import { bounded } from './bounded.ts';

const LIMIT_MS = 2_500;
/** As in the redactor: shorter values would blot out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/**
 * Finds every element that shows one of `secrets`.
 *
 * The comparison runs on our side or in Playwright's isolated world: the page's own scripts never get the values.
 */
export async function findSecrets(page: Page, secrets: readonly string[]): Promise<readonly Locator[]> {
  const long = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  if (long.length === 0) return [];
  const fields = page.locator('input, textarea');
  const [shown, values] = await Promise.all([
    bounded(
      page.evaluate(() => document.body?.innerText ?? ''),
      LIMIT_MS,
    ),
    bounded(fields.evaluateAll(readValues), LIMIT_MS),
  ]);
  return long.flatMap((secret) => {
    const isShown = shown === undefined || shown.toLowerCase().includes(secret.toLowerCase());
    const holding = (values ?? []).flatMap((value, index) =>
      value.includes(secret) ? [fields.nth(index)] : [],
    );
    return isShown ? [page.getByText(secret), ...holding] : holding;
  });
}

/** Makes all elements that the locators mean invisible (`hidden`), or lets them be seen again (empty). */
export async function setVisibility(locators: readonly Locator[], value: 'hidden' | ''): Promise<void> {
  await Promise.all(
    locators.map((locator) => bounded(locator.evaluateAll(writeVisibility, value), LIMIT_MS)),
  );
}

/** Runs in the page. */
function readValues(elements: readonly Element[]): string[] {
  return elements.map((element) => String(Reflect.get(element, 'value') ?? ''));
}

/** Runs in the page. */
function writeVisibility(elements: readonly Element[], value: string): void {
  for (const element of elements) {
    if (element instanceof HTMLElement) element.style.setProperty('visibility', value, 'important');
  }
}
