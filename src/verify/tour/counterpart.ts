import type { Step, Target } from '../../domain/flow.ts';
import { readAtoms } from '../compare/atoms.ts';
import { type Knowledge, translateTarget, wordKey } from '../compare/knowledge.ts';
import { matchAtoms } from '../compare/match-atoms.ts';
import type { Moment } from '../compare/transition.ts';
import { type PageModel, type PageNode, walkDocument } from '../model/page-model.ts';
import { findNode, indexTargets } from '../model/targets.ts';

/** The step as it has to be done on the head, where the control may have another name or another number. */
export function stepOnHead(knowledge: Knowledge, moment: Moment, step: Step): Step {
  const on = (target: Target): Target => counterpart(knowledge, moment, target);
  if ('click' in step) return { click: on(step.click) };
  if ('doubleClick' in step) return { doubleClick: on(step.doubleClick) };
  if ('hover' in step) return { hover: on(step.hover) };
  if ('fill' in step) return { fill: { ...step.fill, field: on(step.fill.field) } };
  if ('select' in step) return { select: { ...step.select, field: on(step.select.field) } };
  return step;
}

function counterpart(knowledge: Knowledge, { base, head }: Moment, target: Target): Target {
  if (typeof target === 'string' || 'css' in target || 'testId' in target) return target;
  const renamed = translateTarget(knowledge, target);
  if (renamed !== target) return renamed;
  if (countLike(base, target) === countLike(head, target)) return target;
  // One side has more of the same name: the number says nothing, the surroundings do.
  const node = findNode(base, target);
  const { same, moved } = matchAtoms(
    readAtoms(base),
    readAtoms(head),
    ({ kind, text }) => knowledge.renames.get(wordKey(kind, text)) ?? text,
  );
  const there = [...same, ...moved].find((one) => one.base.node === node)?.head.node;
  if (there === undefined) return target;
  return target.role === undefined ? byText(head, there) : (indexTargets(head).get(there) ?? target);
}

/** A node by its own text, and which of several it is. */
function byText(model: PageModel, node: PageNode): Target {
  const like = [...walkDocument(model.nodes)].filter(
    ({ role, text }) => role !== 'text' && text === node.text,
  );
  const nth = like.indexOf(node);
  return nth <= 0 ? { name: node.text } : { name: node.text, nth };
}

function countLike(
  model: PageModel,
  { role, name }: { readonly role?: string | undefined; readonly name?: string | undefined },
): number {
  let count = 0;
  for (const node of walkDocument(model.nodes)) {
    const isLike =
      role === undefined
        ? node.role !== 'text' && node.text === name
        : node.role === role && (name === undefined || node.name === name);
    if (isLike) count += 1;
  }
  return count;
}
