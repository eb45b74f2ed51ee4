import type { Target } from '../../domain/flow.ts';
import { type Purpose, type Reading, readingsOf } from '../../domain/target-readings.ts';

/** TypeScript that finds what a target means, by the rules of `readingsOf`, in a witness test. */
export interface TargetCode {
  /**
   * A `Promise<Locator | undefined>` of the visible elements at this moment, or, where there is but one way to read the
   * target, a `Locator` of them.
   */
  readonly all: string;
  readonly isLocator: boolean;
}

export function targetCode(target: Target, purpose: Purpose): TargetCode {
  const { nth, within } =
    typeof target === 'string' || !('nth' in target || 'within' in target) ? {} : target;
  const [only, ...others] = readingsOf(target, purpose);
  if (within === undefined && only !== undefined && others.length === 0) {
    const pick = nth === undefined ? '' : `.nth(${nth})`;
    return { all: `${readingCode(only, 'page')}.filter({ visible: true })${pick}`, isLocator: true };
  }
  const found =
    within === undefined
      ? `seen(${readingsCode(target, purpose, 'page')}`
      : `seenIn(page, ${quote(within)}, (part) => ${readingsCode(target, purpose, 'part')}`;
  return { all: nth === undefined ? `${found})` : `${found}, ${nth})`, isLocator: false };
}

/** TypeScript of the list of locators to be tried; what several targets need is a function of the test. */
function readingsCode(target: Target, purpose: Purpose, scope: string): string {
  if (typeof target === 'string') return `${BY_PURPOSE[purpose]}(${scope}, ${quote(target)})`;
  if ('name' in target && target.role === undefined && target.nth === undefined) {
    return `${BY_PURPOSE[purpose]}(${scope}, ${quote(target.name ?? '')})`;
  }
  return `[${readingsOf(target, purpose)
    .map((one) => readingCode(one, scope))
    .join(', ')}]`;
}

const BY_PURPOSE: Readonly<Record<Purpose, string>> = {
  click: 'toClick',
  fill: 'toFill',
  select: 'toSelect',
  see: 'toSee',
};

/** The functions of a test that list the readings of a bare name. */
export function readingHelpers(): readonly (readonly [name: string, code: string])[] {
  const purposes = Object.entries(BY_PURPOSE) as [Purpose, string][]; // the keys of a record of purposes
  return purposes.map(([purpose, name]) => {
    const readings = readingsOf('', purpose).map((one) => `    ${readingCode(one, 'scope', 'name')},`);
    return [
      name,
      `function ${name}(scope: Page | Locator, name: string): readonly Locator[] {
  return [
${readings.join('\n')}
  ];
}`,
    ];
  });
}

/** TypeScript of a `Locator` to act upon: the first of the visible elements, waited for. */
export function elementCode(target: Target, purpose: Purpose): string {
  const { all, isLocator } = targetCode(target, purpose);
  return isLocator ? firstOf(all) : `(await shown(() => ${all}))`;
}

/** `.nth` has already chosen one. */
export function firstOf(locator: string): string {
  return /\.nth\(\d+\)$/.test(locator) ? locator : `${locator}.first()`;
}

/** `name` is TypeScript too: the name's literal when left out. */
function readingCode(reading: Reading, scope: string, name = quote(reading.name ?? '')): string {
  switch (reading.by) {
    case 'role': {
      const exact = reading.exact ? ', exact: true' : '';
      const label = name === 'name' ? name : `name: ${name}`;
      const options = reading.name === undefined ? '' : `, { ${label}${exact} }`;
      const [only, ...others] = reading.roles;
      const roles = `[${reading.roles.map(quote).join(', ')}]`;
      return others.length === 0
        ? `${scope}.getByRole(${quote(only ?? '')}${options})`
        : `byRoles(${scope}, ${roles}${options})`;
    }
    case 'text':
    case 'label':
    case 'placeholder':
    case 'title': {
      const methods = {
        text: 'getByText',
        label: 'getByLabel',
        placeholder: 'getByPlaceholder',
        title: 'getByTitle',
      };
      const method = methods[reading.by];
      return `${scope}.${method}(${name}${reading.exact ? ', { exact: true }' : ''})`;
    }
    case 'testId':
      return `${scope}.getByTestId(${name})`;
    case 'css':
      return `${scope}.locator(${name})`;
    default:
      return reading satisfies never;
  }
}

/** A string literal of TypeScript. */
export function quote(text: string): string {
  return JSON.stringify(text)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
