import { describeStep } from '../../domain/flow.ts';
import type { Action } from '../model/action.ts';

/** How much more an action is worth when the diff touches files whose names speak of the same thing. */
const AFFECTED = 4;
/** Parts of paths that say nothing about the product. */
const COMMON =
  /^(?:src|app|lib|page|pages|component|components|route|routes|index|main|util|utils|helper|helpers|test|tests|spec|public|server|client|style|styles|view|views|action|actions|common|shared|core|api|hooks?|types?|modules?|features?|package|json|config)$/;

/** Weighs an action by whether its names occur in the changed paths; 1 when the diff says nothing about it. */
export function interestIn(action: Action, changedPaths: readonly string[] | undefined): number {
  const topics = topicsOf(changedPaths ?? []);
  if (topics.size === 0) return 1;
  const words = wordsOf(`${action.key} ${action.steps.map(describeStep).join(' ')}`);
  return words.some((word) => topics.has(word)) ? AFFECTED : 1;
}

function topicsOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap(wordsOf).filter((word) => !COMMON.test(word)));
}

/** Lower-case words, without a plural s, also out of camelCase. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/\.[a-z]+$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2)
    .map((word) => word.replace(/s$/, ''));
}
