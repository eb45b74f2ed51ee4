import { describeStep, type Step, type Target } from '../domain/flow.ts';
import type { Difference } from './difference.ts';
import type { LoginSettings } from './settings.ts';

/** Checks for which a plain test can say what is expected. */
const TESTABLE = new Set([
  'firsthand/step-impossible',
  'firsthand/expectation',
  'firsthand/other-page',
  'firsthand/number-changed',
  'firsthand/exception',
  'firsthand/failed-request',
  'firsthand/console-error',
]);

/**
 * Writes a self-contained Playwright test that performs the steps on `BASE_URL` and on `HEAD_URL`, and fails where the
 * difference shows. Undefined for differences that a plain test cannot tell, such as those of a picture.
 */
export function writeWitness(difference: Difference, login?: LoginSettings): string | undefined {
  if (!TESTABLE.has(difference.source) || difference.steps.length === 0) return undefined;
  const steps = difference.steps.map(
    (step) => `      // ${describeStep(step).replace(/\s+/g, ' ')}\n      ${toCode(step)}`,
  );
  return `import { expect, type Locator, type Page, test } from '@playwright/test';

// Run with: BASE_URL=… HEAD_URL=… npx playwright test
const sites = { base: process.env.BASE_URL, head: process.env.HEAD_URL };

/** The first visible element that carries this name. */
function named(page: Page, name: string): Locator {
  const roles = ['button', 'link', 'menuitem', 'tab', 'checkbox', 'radio', 'switch', 'option'] as const;
  const byRole = roles.map((role) => page.getByRole(role, { name, exact: true })).reduce((all, one) => all.or(one));
  return byRole.or(page.getByText(name, { exact: true })).filter({ visible: true }).first();
}

function field(page: Page, name: string): Locator {
  return page.getByLabel(name).or(page.getByPlaceholder(name)).filter({ visible: true }).first();
}

for (const [side, site] of Object.entries(sites)) {
  test(\`\${side}: ${forTemplate(difference.title)}\`, async ({ page }) => {
    test.skip(site === undefined, 'no address given for this side');
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('response', (response) => response.status() >= 400 && errors.push(\`\${response.request().method()} \${new URL(response.url()).pathname} \${response.status()}\`));
${login === undefined ? '' : logInCode(login)}${steps.join('\n').replaceAll('\n      ', '\n    ').replace(/^ {6}/, '    ')}
${assertion(difference)}
  });
}
`;
}

/** The test account comes from the environment, under the names that the command line uses. */
function logInCode({ path, username, password }: LoginSettings): string {
  const secret = (name: string): string => `process.env.FIRSTHAND_SECRET_${name} ?? ''`;
  return `    ${toCode({ goto: path })}
    const password = page.locator('input[type=password]').first();
    const username = page.locator('input[autocomplete~=username], input[type=email], input[name*=user i], input[name*=mail i], input[type=text]');
    await username.first().fill(${secret(username.secret)});
    // Some sites ask for the password on a second page.
    if (!(await password.isVisible())) await username.first().press('Enter');
    await password.fill(${secret(password.secret)});
    await password.press('Enter');
    await expect(password).toBeHidden();
    errors.length = 0;
`;
}

function assertion(difference: Difference): string {
  switch (difference.source) {
    case 'firsthand/other-page':
      return `    await expect.poll(() => new URL(page.url()).pathname + new URL(page.url()).search).toContain(${quote(difference.expected ?? '')});`;
    case 'firsthand/number-changed':
      return `    await expect(page.getByText(${quote(difference.actual ?? '')}).filter({ visible: true })).toHaveCount(0);`;
    case 'firsthand/exception':
    case 'firsthand/console-error':
    case 'firsthand/failed-request':
      return '    await page.waitForLoadState("networkidle");\n    expect(errors).toEqual([]);';
    default:
      return '    // The last step is the one that the head does not allow.';
  }
}

function toCode(step: Step): string {
  if ('goto' in step) {
    return `await page.goto(new URL(${quote(step.goto.replace(/^\/+/, ''))}, \`\${site}\`.replace(/\\/?$/, '/')).href);`;
  }
  if ('click' in step) return `await ${locator(step.click, 'named')}.click({ timeout: 5_000 });`;
  if ('fill' in step)
    return `await ${locator(step.fill.field, 'field')}.fill(${quote(step.fill.value)}, { timeout: 5_000 });`;
  if ('select' in step) {
    return `await ${locator(step.select.field, 'field')}.selectOption(${quote(step.select.option)}, { timeout: 5_000 });`;
  }
  if ('press' in step) return `await page.keyboard.press(${quote(step.press)});`;
  const { text, notText, url, visible, hidden, count, value } = step.expect;
  return [
    text === undefined
      ? ''
      : `await expect(page.getByText(${quote(text)}).filter({ visible: true }).first()).toBeVisible();`,
    notText === undefined
      ? ''
      : `await expect(page.getByText(${quote(notText)}).filter({ visible: true })).toHaveCount(0);`,
    url === undefined
      ? ''
      : `await expect.poll(() => new URL(page.url()).pathname + new URL(page.url()).search).toMatch(${quotePattern(url)});`,
    visible === undefined ? '' : `await expect(${locator(visible, 'named')}).toBeVisible();`,
    hidden === undefined ? '' : `await expect(${locator(hidden, 'named')}).toBeHidden();`,
    count === undefined ? '' : `await expect(${locator(count.of, 'all')}).toHaveCount(${count.is});`,
    value === undefined
      ? ''
      : `await expect(${locator(value.field, 'field')}).toHaveValue(${quote(value.is)});`,
  ]
    .filter((line) => line !== '')
    .join('\n      ');
}

function locator(target: Target, kind: 'named' | 'field' | 'all'): string {
  if (typeof target === 'string') {
    return kind === 'all' ? `page.getByText(${quote(target)})` : `${kind}(page, ${quote(target)})`;
  }
  const only = kind === 'all' ? '' : '.first()';
  if ('testId' in target) return `page.getByTestId(${quote(target.testId)})${only}`;
  if ('css' in target) return `page.locator(${quote(target.css)})${only}`;
  const scope =
    target.within === undefined
      ? 'page'
      : `page.locator('li, tr, article, section, fieldset, [role=listitem], [role=row], [role=region]').filter({ hasText: ${quote(target.within)} }).last()`;
  const name = target.name === undefined ? '' : `, { name: ${quote(target.name)} }`;
  const found =
    target.role === undefined
      ? `${scope}.getByText(${quote(target.name ?? '')})`
      : `${scope}.getByRole(${quote(target.role)} as 'button'${name})`;
  return target.nth === undefined ? `${found}${only}` : `${found}.nth(${target.nth})`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function quotePattern(pattern: string): string {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, String.raw`\$&`));
  return `/^${source.join('.*')}(\\?.*)?$/`;
}

/** Inside a template literal: no end of it, no expression, one line. */
function forTemplate(text: string): string {
  return text.replace(/[`\\$]/g, ' ').replace(/\s+/g, ' ');
}
