import type { Step, Target } from '../../domain/flow.ts';
import { type PageModel, type PageNode, walkDocument } from './page-model.ts';

/** A target by role and accessible name, as the engine chooses them. */
export interface RoleTarget {
  readonly role: string;
  readonly name?: string;
  readonly nth?: number;
}

/** How every named or acted-upon node of a page is addressed: role, exact name, and which of several. */
export function indexTargets(model: PageModel): ReadonlyMap<PageNode, RoleTarget> {
  const sameName = new Map<string, PageNode[]>();
  const sameRole = new Map<string, PageNode[]>();
  for (const node of walkDocument(model.nodes)) {
    if (node.role === 'text' || node.role === 'generic') continue;
    push(sameRole, node.role, node);
    if (node.name !== '') push(sameName, `${node.role}|${node.name}`, node);
  }
  const targets = new Map<PageNode, RoleTarget>();
  for (const nodes of sameRole.values()) {
    for (const [nth, node] of nodes.entries()) {
      if (node.name === '')
        targets.set(node, nodes.length === 1 ? { role: node.role } : { role: node.role, nth });
    }
  }
  for (const nodes of sameName.values()) {
    for (const [nth, node] of nodes.entries()) {
      const { role, name } = node;
      targets.set(node, nodes.length === 1 ? { role, name } : { role, name, nth });
    }
  }
  return targets;
}

/** What a step acts upon; undefined for keys, history and the like, which mean what comes before them. */
export function targetOf(step: Step): Target | undefined {
  if ('click' in step) return step.click;
  if ('doubleClick' in step) return step.doubleClick;
  if ('hover' in step) return step.hover;
  if ('fill' in step) return step.fill.field;
  return 'select' in step ? step.select.field : undefined;
}

/** The node that a target means on this page; undefined when there is none. */
export function findNode(model: PageModel, target: Target): PageNode | undefined {
  if (typeof target === 'string') return nth(model, (node) => node.name === target, 0);
  if ('testId' in target || 'css' in target) return undefined;
  const { role, name } = target;
  return nth(
    model,
    (node) =>
      node.role !== 'text' &&
      (role === undefined
        ? node.text === name || (node.text === '' && node.role === 'generic' && node.name === name)
        : node.role === role && (name === undefined || node.name === name)),
    target.nth ?? 0,
  );
}

function nth(model: PageModel, matches: (node: PageNode) => boolean, index: number): PageNode | undefined {
  let seen = 0;
  for (const node of walkDocument(model.nodes)) {
    if (!matches(node)) continue;
    if (seen === index) return node;
    seen += 1;
  }
  return undefined;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
