import type { Step } from '../../domain/flow.ts';
import { type Knowledge, translateTarget } from '../compare/knowledge.ts';

/** The step in the words of the head, where a control has another name there. */
export function translateStep(knowledge: Knowledge, step: Step): Step {
  if ('click' in step) return { click: translateTarget(knowledge, step.click) };
  if ('doubleClick' in step) return { doubleClick: translateTarget(knowledge, step.doubleClick) };
  if ('hover' in step) return { hover: translateTarget(knowledge, step.hover) };
  if ('fill' in step) return { fill: { ...step.fill, field: translateTarget(knowledge, step.fill.field) } };
  if ('select' in step)
    return { select: { ...step.select, field: translateTarget(knowledge, step.select.field) } };
  return step;
}
