import type { Step, Target } from '../../domain/flow.ts';
import { chosenOption } from '../model/field-values.ts';
import { type PageModel, type PageNode, walkDocument } from '../model/page-model.ts';
import { findNode, indexTargets, type RoleTarget } from '../model/targets.ts';

/** So large a part of the words of two names is the same when they are of the same thing. */
const ALIKE = 0.5;

/**
 * The step as it has to be done now that servers remember what was done before: a control whose name has changed by it, such as
 * a card that shows its category, is the one most like it; what holds the value already gets another one, so that something
 * happens. Whatever else a page lacks is left as it is.
 */
export function fitStep(step: Step, page: PageModel): Step {
  if ('click' in step) return { click: fitTarget(step.click, page) };
  if ('doubleClick' in step) return { doubleClick: fitTarget(step.doubleClick, page) };
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
