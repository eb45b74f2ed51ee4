import type { Expectation, Target } from '../../domain/flow.ts';
import { firstOf, quote, targetCode } from './target-code.ts';

/** One line of a witness test for each part of an expectation, checked as `checkExpectation` of the browser does. */
export function expectationCode(expected: Expectation): readonly string[] {
  const { text, notText, url, visible, hidden, count, value } = expected;
  return [
    text === undefined
      ? undefined
      : poll(`shows(page, ${quote(text)})`, 'toBe(true)', `shows ${quote(text)}`),
    notText === undefined
      ? undefined
      : poll(`shows(page, ${quote(notText)})`, 'toBe(false)', `does not show ${quote(notText)}`),
    url === undefined ? undefined : urlCode(url),
    visible === undefined ? undefined : visibleCode(visible),
    hidden === undefined ? undefined : hiddenCode(hidden),
    count === undefined ? undefined : countCode(count.of, count.is),
    value === undefined ? undefined : valueCode(value.field, value.is),
  ].filter((line) => line !== undefined);
}

function poll(what: string, matcher: string, message: string): string {
  return `await expect.poll(() => ${what}, ${quote(message)}).${matcher};`;
}

function visibleCode(target: Target): string {
  const { all, isLocator } = targetCode(target, 'see');
  return isLocator
    ? `await expect(${firstOf(all)}).toBeVisible();`
    : `await expect.poll(async () => (await ${all}) !== undefined).toBe(true);`;
}

function hiddenCode(target: Target): string {
  const { all, isLocator } = targetCode(target, 'see');
  return isLocator
    ? `await expect(${all}).toHaveCount(0);`
    : `await expect.poll(async () => (await ${all}) === undefined).toBe(true);`;
}

function countCode(target: Target, count: number): string {
  const { all, isLocator } = targetCode(target, 'see');
  return isLocator
    ? `await expect(${all}).toHaveCount(${count});`
    : `await expect.poll(async () => (await (await ${all})?.count()) ?? 0).toBe(${count});`;
}

function valueCode(field: Target, value: string): string {
  const [fill, select] = [targetCode(field, 'fill'), targetCode(field, 'select')];
  if (fill.isLocator) return `await expect(${firstOf(fill.all)}).toHaveValue(${quote(value)});`;
  const found = `((await ${fill.all}) ?? (await ${select.all}))`;
  return `await expect.poll(async () => ${found}?.first().inputValue()).toBe(${quote(value)});`;
}

/** `*` stands for any run of characters; a pattern without `?` is compared with the path alone. */
function urlCode(pattern: string): string {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, String.raw`\$&`).replace(/[\r\n\u2028\u2029]/g, '.'))
    .join('.*');
  const place = pattern.includes('?') ? 'pathOf(page)' : `pathOf(page).split('?')[0]`;
  return `await expect.poll(() => ${place}).toMatch(/^${source}$/);`;
}
