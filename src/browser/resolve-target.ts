import type { Locator, Page } from 'playwright';
import type { Target } from '../domain/flow.ts';
import { type Purpose, type Reading, readingsOf } from '../domain/target-readings.ts';
import { bounded } from './bounded.ts';

const COUNT_MS = 2_500;
type Role = Parameters<Page['getByRole']>[0];
type Scope = Page | Locator;

const CONTAINERS =
  'li, tr, article, section, fieldset, form, dialog, nav, aside, [role=listitem], [role=row], [role=article], [role=region], [role=group], [role=dialog], [role=form]';

/** Finds the visible elements that a target means. Empty when there is none at this moment; never waits. */
export async function resolveTarget(
  page: Page,
  target: Target,
  purpose: Purpose,
): Promise<Locator | undefined> {
  const inScope = (scope: Scope): readonly Locator[] =>
    readingsOf(target, purpose).map((reading) => locate(scope, reading));
  if (typeof target === 'string' || !('role' in target || 'name' in target))
    return firstPresent(inScope(page));
  const { nth, within } = target;
  const found =
    within === undefined ? await firstPresent(inScope(page)) : await insideContainer(page, within, inScope);
  if (found === undefined || nth === undefined) return found;
  const counted = found.nth(nth);
  return ((await bounded(counted.count(), COUNT_MS)) ?? 0) > 0 ? counted : undefined;
}

function locate(scope: Scope, reading: Reading): Locator {
  switch (reading.by) {
    case 'role': {
      const { name, exact } = reading;
      return reading.roles
        .map((role) => scope.getByRole(asRole(role), name === undefined ? {} : { name, exact }))
        .reduce((all, one) => all.or(one));
    }
    case 'text':
      return scope.getByText(reading.name, { exact: reading.exact });
    case 'label':
      return scope.getByLabel(reading.name, { exact: reading.exact });
    case 'placeholder':
      return scope.getByPlaceholder(reading.name, { exact: reading.exact });
    case 'title':
      return scope.getByTitle(reading.name, { exact: reading.exact });
    case 'testId':
      return scope.getByTestId(reading.name);
    case 'css':
      return scope.locator(reading.name);
    default:
      return reading satisfies never;
  }
}

/** A role that there is not matches nothing, which is the right answer. */
function asRole(role: string): Role {
  return role as Role;
}

async function firstPresent(candidates: readonly Locator[]): Promise<Locator | undefined> {
  for (const candidate of candidates) {
    const visible = candidate.filter({ visible: true });
    if (((await bounded(visible.count(), COUNT_MS)) ?? 0) > 0) return visible;
  }
  return undefined;
}

/** Looks in the smallest list item, row or region that holds the text `within` and the target. */
async function insideContainer(
  page: Page,
  within: string,
  inScope: (scope: Scope) => readonly Locator[],
): Promise<Locator | undefined> {
  const containers = page.locator(CONTAINERS).filter({ hasText: within }).or(page.getByLabel(within));
  const sizes = await bounded(
    containers.evaluateAll((elements) => elements.map((element) => element.textContent?.length ?? 0)),
    COUNT_MS,
  );
  const smallestFirst = (sizes ?? []).map((size, index) => ({ size, index })).sort((a, b) => a.size - b.size);
  for (const { index } of smallestFirst.slice(0, 20)) {
    const found = await firstPresent(inScope(containers.nth(index)));
    if (found !== undefined) return found;
  }
  return undefined;
}
