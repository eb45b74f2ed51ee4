import type { Page } from 'playwright';
import { describeTarget, type Step } from '../domain/flow.ts';
import type { StepOutcome } from '../verify/ports.ts';
import { bounded } from './bounded.ts';
import { resolveTarget } from './resolve-target.ts';

const LIMIT_MS = 2_500;
type Expectation = Extract<Step, { expect: unknown }>['expect'];

/** Checks every part of an expectation against the page at this moment; the first that does not hold is the reason. */
export async function checkExpectation(page: Page, expected: Expectation): Promise<StepOutcome> {
  const checks: (() => Promise<string | undefined>)[] = [
    async () => {
      if (expected.text === undefined || (await showsText(page, expected.text))) return undefined;
      return `the page does not show “${expected.text}”`;
    },
    async () => {
      if (expected.notText === undefined || !(await showsText(page, expected.notText))) return undefined;
      return `the page shows “${expected.notText}”`;
    },
    async () => {
      const { pathname, search } = new URL(page.url());
      if (expected.url === undefined || matches(expected.url, pathname, search)) return undefined;
      return `the page is ${pathname}${search}`;
    },
    async () => {
      if (expected.visible === undefined) return undefined;
      const found = await resolveTarget(page, expected.visible, 'see');
      return found === undefined ? `${describeTarget(expected.visible)} is not visible` : undefined;
    },
    async () => {
      if (expected.hidden === undefined) return undefined;
      const found = await resolveTarget(page, expected.hidden, 'see');
      return found === undefined ? undefined : `${describeTarget(expected.hidden)} is visible`;
    },
    async () => {
      if (expected.count === undefined) return undefined;
      const found = await resolveTarget(page, expected.count.of, 'see');
      const count = found === undefined ? 0 : await bounded(found.count(), LIMIT_MS);
      if (count === expected.count.is) return undefined;
      return `there are ${count ?? 'an unknown number'} of ${describeTarget(expected.count.of)}, not ${expected.count.is}`;
    },
    async () => {
      if (expected.value === undefined) return undefined;
      const { field, is } = expected.value;
      const found =
        (await resolveTarget(page, field, 'fill')) ?? (await resolveTarget(page, field, 'select'));
      if (found === undefined) return `${describeTarget(field)} is not on the page`;
      const value = await bounded(found.first().inputValue({ timeout: LIMIT_MS }), LIMIT_MS);
      return value === is ? undefined : `${describeTarget(field)} holds “${value ?? ''}”`;
    },
  ];
  for (const check of checks) {
    const why = await check();
    if (why !== undefined) return { kind: 'impossible', why };
  }
  return { kind: 'done' };
}

async function showsText(page: Page, text: string): Promise<boolean> {
  const shown = await bounded(
    page.evaluate(() => document.body?.innerText ?? ''),
    LIMIT_MS,
  );
  if (fold(shown ?? '').includes(fold(text))) return true;
  // Style may change the case of what is shown; the text in the document counts too.
  const found = page.getByText(text).filter({ visible: true });
  return ((await bounded(found.count(), LIMIT_MS)) ?? 0) > 0;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `*` stands for any run of characters; a pattern without `?` is compared with the path alone. */
function matches(pattern: string, pathname: string, search: string): boolean {
  const source = pattern.split('*').map(escape).join('.*');
  return new RegExp(`^${source}$`).test(pattern.includes('?') ? pathname + search : pathname);
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
