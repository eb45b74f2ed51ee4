import type { Locator, Page } from 'playwright';
import type { Target } from '../domain/flow.ts';
import { bounded } from './bounded.ts';

const COUNT_MS = 2_500;
type Role = Parameters<Page['getByRole']>[0];
type Scope = Page | Locator;

const CLICKABLE: readonly Role[] = [
  'button',
  'link',
  'menuitem',
  'tab',
  'checkbox',
  'radio',
  'switch',
  'option',
  'menuitemcheckbox',
  'menuitemradio',
  'treeitem',
];
const FILLABLE: readonly Role[] = ['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider'];
const CHOOSABLE: readonly Role[] = ['combobox', 'listbox'];
const CONTAINERS =
  'li, tr, article, section, fieldset, form, dialog, nav, aside, [role=listitem], [role=row], [role=article], [role=region], [role=group], [role=dialog], [role=form]';

export type Purpose = 'click' | 'fill' | 'select' | 'see';

/**
 * Finds the visible elements that a target means, surest reading first: the exact accessible name, then part of it,
 * then text. Empty when there is none at this moment; never waits.
 */
export async function resolveTarget(
  page: Page,
  target: Target,
  purpose: Purpose,
): Promise<Locator | undefined> {
  if (typeof target === 'string') return firstPresent(readings(page, target, purpose));
  if ('testId' in target) return firstPresent([page.getByTestId(target.testId)]);
  if ('css' in target) return firstPresent([page.locator(target.css)]);
  const { role, name, nth, within } = target;
  const inScope = (scope: Scope): readonly Locator[] => {
    if (role === undefined) {
      // A counted text is an exact one: which of several would otherwise depend on the reading.
      const text = name !== undefined && nth !== undefined ? [scope.getByText(name, { exact: true })] : [];
      return [...text, ...readings(scope, name ?? '', purpose)];
    }
    const asRole = role as Role; // an unknown role matches nothing, which is the right answer
    if (name === undefined) return [scope.getByRole(asRole)];
    return [scope.getByRole(asRole, { name, exact: true }), scope.getByRole(asRole, { name })];
  };
  const found =
    within === undefined ? await firstPresent(inScope(page)) : await insideContainer(page, within, inScope);
  if (found === undefined || nth === undefined) return found;
  const counted = found.nth(nth);
  return ((await bounded(counted.count(), COUNT_MS)) ?? 0) > 0 ? counted : undefined;
}

/** The ways to read a bare name, by what is to be done with the element. */
function readings(scope: Scope, name: string, purpose: Purpose): readonly Locator[] {
  const byRole = (roles: readonly Role[], exact: boolean): Locator =>
    roles.map((role) => scope.getByRole(role, { name, exact })).reduce((all, one) => all.or(one));
  switch (purpose) {
    case 'click':
      return [
        byRole(CLICKABLE, true),
        scope.getByText(name, { exact: true }),
        byRole(CLICKABLE, false),
        scope.getByText(name),
        scope.getByLabel(name),
      ];
    case 'fill':
      return [
        byRole(FILLABLE, true),
        scope.getByLabel(name, { exact: true }),
        scope.getByPlaceholder(name, { exact: true }),
        byRole(FILLABLE, false),
        scope.getByLabel(name),
        scope.getByPlaceholder(name),
      ];
    case 'select':
      return [
        byRole(CHOOSABLE, true),
        scope.getByLabel(name, { exact: true }),
        byRole(CHOOSABLE, false),
        scope.getByLabel(name),
      ];
    case 'see':
      return [
        byRole([...CLICKABLE, ...FILLABLE, 'heading', 'img', 'dialog', 'alert', 'region'], true),
        scope.getByText(name, { exact: true }),
        scope.getByText(name),
        scope.getByLabel(name),
      ];
    default:
      return purpose satisfies never;
  }
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
