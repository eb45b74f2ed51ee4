import { describeTarget, type Step, type Target } from '../domain/flow.ts';
import type { StepOutcome } from '../verify/ports.ts';
import { isFocused, whyNotChoosable, whyNotEditable } from './field-checks.ts';
import { hitTest } from './hit-test.ts';
import type { Tab } from './open-tab.ts';
import { absent, done, obstacle, pressAt } from './perform-step.ts';
import type { PageNode } from './reading-types.ts';

const ACTION_MS = 3_000;

/** A target that the last reading knows by role, name and number; without a role `name` is its own text. */
export interface NodeTarget {
  readonly role?: string | undefined;
  readonly name?: string | undefined;
  readonly nth?: number | undefined;
}

/** What a step acts upon in the tree of the last reading. */
export type NodeStep =
  | { readonly kind: 'click' | 'doubleClick' | 'hover'; readonly target: NodeTarget }
  | { readonly kind: 'fill'; readonly target: NodeTarget; readonly value: string }
  | { readonly kind: 'select'; readonly target: NodeTarget; readonly option: string };

/** The step as one on a node; `undefined` when its target needs a search in the page. */
export function toNodeStep(step: Step): NodeStep | undefined {
  if ('click' in step) return withTarget(step.click, (target) => ({ kind: 'click', target }));
  if ('doubleClick' in step)
    return withTarget(step.doubleClick, (target) => ({ kind: 'doubleClick', target }));
  if ('hover' in step) return withTarget(step.hover, (target) => ({ kind: 'hover', target }));
  if ('fill' in step) {
    const { field, value } = step.fill;
    return withTarget(field, (target) => ({ kind: 'fill', target, value }));
  }
  if ('select' in step) {
    const { field, option } = step.select;
    return withTarget(field, (target) => ({ kind: 'select', target, option }));
  }
  return undefined;
}

function withTarget(target: Target, make: (target: NodeTarget) => NodeStep): NodeStep | undefined {
  if (typeof target === 'string' || !('role' in target || 'name' in target)) return undefined;
  const { role, name, nth, within } = target;
  return within !== undefined ? undefined : make({ role, name, nth });
}

/** Whether a step means its target by the text alone, which the page is asked for first. */
export function isByText({ target }: NodeStep): boolean {
  return target.role === undefined;
}

/** The node that a target means: counted among all of its role and exact name, frames left out. */
export function findNode(nodes: readonly PageNode[], target: NodeTarget): PageNode | undefined {
  const name = target.name === undefined ? undefined : fold(target.name);
  let left = target.nth ?? 0;
  for (const node of withoutFrames(nodes)) {
    if (!isMeant(node, target.role, name)) continue;
    if (left === 0) return node;
    left -= 1;
  }
  return undefined;
}

function isMeant(node: PageNode, role: string | undefined, name: string | undefined): boolean {
  if (role === undefined) {
    if (node.role === 'text' || node.ref === undefined) return false;
    return fold(node.role === 'generic' && node.text === '' ? node.name : node.text) === name;
  }
  return node.role === role && (name === undefined || fold(node.name) === name);
}

function* withoutFrames(nodes: readonly PageNode[]): Generator<PageNode> {
  for (const node of nodes) {
    yield node;
    if (node.role !== 'iframe') yield* withoutFrames(node.children);
  }
}

/** Whether one node alone shows the text that a target gives, so that nothing else on the page can be meant. */
export function isOnlyText(nodes: readonly PageNode[], { role, name, nth }: NodeTarget): boolean {
  if (role !== undefined || name === undefined || nth !== undefined) return false;
  const text = fold(name);
  let shown = 0;
  for (const node of withoutFrames(nodes))
    if (fold(node.name) === text || fold(node.text) === text) shown += 1;
  return shown === 1 && findNode(nodes, { name })?.ref !== undefined;
}

/** Performs a step on the node that it means, within milliseconds when that is impossible. */
export async function actOnNode(
  tab: Tab,
  nodes: readonly PageNode[],
  { step, hasTouch }: { readonly step: NodeStep; readonly hasTouch: boolean },
): Promise<StepOutcome & { readonly ref?: string }> {
  const { page, world } = tab;
  const node = findNode(nodes, step.target);
  if (node === undefined) return absent(describable(step.target));
  const { ref } = node;
  const shown = describeTarget(describable(step.target));
  if (ref === undefined) return obstacle(shown, { kind: 'hidden' });
  switch (step.kind) {
    case 'click':
    case 'doubleClick':
    case 'hover': {
      const hit = await world.callOn(ref, hitTest, undefined, ACTION_MS);
      if (hit?.kind !== 'free') return obstacle(shown, hit);
      return pressAt(page, hit, { how: step.kind, hasTouch, shown });
    }
    case 'fill': {
      const why = await world.callOn(ref, whyNotEditable, undefined, ACTION_MS);
      if (why !== '') return { kind: 'impossible', why: `${shown} ${why ?? 'went away'}` };
      const filled = page.getByRef(ref).fill(step.value, { timeout: ACTION_MS });
      return { ...(await done(filled, `${shown} did not take the text`)), ref };
    }
    case 'select': {
      const why = await world.callOn(ref, whyNotChoosable, step.option, ACTION_MS);
      if (why === 'is no list')
        return selectInOwnList(tab, nodes, { node: ref, shown, option: step.option, hasTouch });
      if (why !== '') return { kind: 'impossible', why: `${shown} ${why ?? 'went away'}` };
      const chosen = page.getByRef(ref).selectOption({ label: step.option }, { timeout: ACTION_MS });
      return { ...(await done(chosen, `${shown} has no option “${step.option}” to choose`)), ref };
    }
    default:
      return step satisfies never;
  }
}

/** As `actOnNode`, for what only the tree says, such as a text to which a style sheet adds; undefined when it does not. */
export async function actOnText(
  tab: Tab,
  nodes: readonly PageNode[],
  how: { readonly step: NodeStep; readonly hasTouch: boolean },
): Promise<StepOutcome | undefined> {
  if (findNode(nodes, how.step.target) === undefined) return undefined;
  const { ref: _, ...outcome } = await actOnNode(tab, nodes, how);
  return outcome;
}

/** A list that the page made itself: its option is clicked when it is shown, or else the list is opened. */
async function selectInOwnList(
  { page, world }: Tab,
  nodes: readonly PageNode[],
  list: {
    readonly node: string;
    readonly shown: string;
    readonly option: string;
    readonly hasTouch: boolean;
  },
): Promise<StepOutcome> {
  const option = findNode(nodes, { role: 'option', name: list.option });
  const shown = option === undefined ? list.shown : `option “${list.option}”`;
  const hit = await world.callOn(option?.ref ?? list.node, hitTest, undefined, ACTION_MS);
  if (hit?.kind !== 'free') return obstacle(shown, hit);
  const pressed = await pressAt(page, hit, { how: 'click', hasTouch: list.hasTouch, shown });
  if (option !== undefined || pressed.kind === 'impossible') return pressed;
  return { kind: 'impossible', why: `${list.shown} shows no option “${list.option}”` };
}

/** Whether the focus is where the last reading saw it. */
export async function hasFocus({ world }: Tab, ref: string): Promise<boolean> {
  return (await world.callOn(ref, isFocused, undefined, ACTION_MS)) ?? false;
}

function describable({ role, name, nth }: NodeTarget): Target {
  return {
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { name }),
    ...(nth === undefined ? {} : { nth }),
  };
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
