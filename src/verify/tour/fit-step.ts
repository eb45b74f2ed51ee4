import type { Step, Target } from '../../domain/flow.ts';
import { chosenOption } from '../model/field-values.ts';
import { describeGroups } from '../model/groups.ts';
import { type PageModel, type PageNode, walkDocument } from '../model/page-model.ts';
import { findNode, indexTargets, type RoleTarget } from '../model/targets.ts';

const ITEMS = new Set(['row', 'listitem', 'article', 'treeitem', 'option']);
const IN_LIST = /:(?:first|middle|last)(?:\/|$)/;
/** So large a part of the words of two names is the same when they are of the same thing. */
const ALIKE = 0.5;

/**
 * The step as it has to be done now that servers remember what was done before: a control whose name has changed by it, such as
 * a card that shows its category, is the one most like it; what holds the value already gets another one, so that something
 * happens. Whatever else a page lacks is left as it is. With `other`, another item is taken of the list that it is in.
 */
export function fitStep(step: Step, page: PageModel, items: 'same' | 'other' = 'same'): Step {
  const fit = items === 'same' ? fitTarget : otherItem;
  if ('click' in step) return { click: fit(step.click, page) };
  if ('doubleClick' in step) return { doubleClick: fit(step.doubleClick, page) };
  if ('hover' in step) return { hover: fitTarget(step.hover, page) };
  if ('select' in step) {
    const field = fitTarget(step.select.field, page);
    return { select: { field, option: otherOption(findNode(page, field), step.select.option) } };
  }
  if ('fill' in step) {
    const field = fitTarget(step.fill.field, page);
    return { fill: { field, value: otherValue(findNode(page, field), step.fill.value) } };
  }
  return step;
}

function fitTarget(target: Target, page: PageModel): Target {
  if (typeof target === 'string' || !('role' in target) || findNode(page, target) !== undefined)
    return target;
  const { role, name } = target;
  if (role === undefined || name === undefined) return target;
  const targets = indexTargets(page);
  let best: RoleTarget | undefined;
  let most = ALIKE;
  for (const node of walkDocument(page.nodes)) {
    if (node.role !== role) continue;
    const likeness = likenessOf(node.name, name);
    if (likeness <= most) continue;
    most = likeness;
    best = targets.get(node);
  }
  return best ?? target;
}

/** Another item of the same list, the one that says most of the same, such as that it is a draft too. */
function otherItem(target: Target, page: PageModel): Target {
  const same = fitTarget(target, page);
  if (typeof same === 'string' || !('role' in same) || typeof target === 'string' || !('role' in target))
    return same;
  const { role, name } = target;
  const own = findNode(page, same);
  const places = describeGroups(page);
  const isItem = (node: PageNode): boolean =>
    IN_LIST.test(places.get(node)?.group ?? '') || ITEMS.has(node.role);
  if (role === undefined || name === undefined || same.nth !== undefined) return same;
  if (own !== undefined && !isItem(own)) return same;
  const targets = indexTargets(page);
  let best: RoleTarget | undefined;
  let most = 0;
  for (const node of walkDocument(page.nodes)) {
    if (node.role !== role || node === own || node.name === name || !isItem(node)) continue;
    const likeness = likenessOf(node.name, name);
    if (likeness <= most) continue;
    most = likeness;
    best = targets.get(node);
  }
  return best ?? same;
}

function likenessOf(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const same = [...a].filter((word) => b.has(word)).length;
  return same / Math.max(1, a.size, b.size);
}

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(
    name
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}

function otherOption(node: PageNode | undefined, option: string): string {
  const options = node?.field?.options;
  if (node === undefined || options === undefined || chosenOption(node) !== option) return option;
  // The first is mostly “Please choose”.
  return options.slice(1).find((one) => one !== option) ?? option;
}

function otherValue(node: PageNode | undefined, value: string): string {
  if (node === undefined || value === '' || node.text !== value) return value;
  if (/^\d+$/.test(value)) return String(Number(value) + 1);
  return /^[\p{L}\s]+$/u.test(value) ? `${value} 2` : value;
}
