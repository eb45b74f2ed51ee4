import { type Affected, affectedPage } from '../../domain/affected.ts';
import { describeStep } from '../../domain/flow.ts';
import type { Action } from '../model/action.ts';
import { targetOf } from '../model/targets.ts';
import type { VerifyRequest } from '../request.ts';
import type { Run } from '../run.ts';

/** How much more an action is worth when the diff touches files whose names speak of the same thing. */
const SAME_WORD = 4;
/** When it bears a text that the diff changes, and when its element has a style that the diff changes. */
const SAME_TEXT = 5;
const SAME_STYLE = 3;
/** On a page that the diff reaches, by how much further than the nearest such page it is from what changed. */
const PAGE = [3, 2.5, 2, 1.6];
const MOST = 12;
/** Parts of paths that say nothing about the product. */
const COMMON =
  /^(?:src|app|lib|page|pages|component|components|route|routes|index|main|util|utils|helper|helpers|test|tests|spec|public|server|client|style|styles|view|views|action|actions|common|shared|core|api|hooks?|types?|modules?|features?|package|json|config)$/;

/** How much a run cares for an action. */
export function interestOf({ request, sites, exercised }: Run): Interest['weigh'] {
  const root = sites.head.root.pathname;
  return createInterest({ ...request, root, styled: exercised.styled }).weigh;
}

/** What a run knows of where to look first. */
export interface Interest {
  /** How much more an action is worth than one of which the diff says nothing, for which it is 1. */
  readonly weigh: (action: Action) => number;
}

export interface InterestFacts extends Pick<VerifyRequest, 'changedPaths' | 'affected' | 'hints'> {
  /** Path of the folder in which the product lies on its origin; `/` for most. */
  readonly root: string;
  /** `role|name` of what was seen to have a style that changes; grows while the run goes on. */
  readonly styled: ReadonlySet<string>;
}

/** Makes a weighing of actions that remembers: it is asked for each action before each step. */
export function createInterest({
  changedPaths = [],
  affected,
  hints = [],
  root,
  styled,
}: InterestFacts): Interest {
  const topics = topicsOf([...changedPaths, ...hints.flatMap(({ words }) => words)]);
  const texts = (affected?.texts ?? []).map((text) => text.toLowerCase());
  const weights = new Map<string, number>();
  const known = (action: Action): number => {
    const before = weights.get(action.key);
    if (before !== undefined) return before;
    const words = wordsOf(`${action.key} ${action.steps.map(describeStep).join(' ')}`);
    const byWord = words.some((word) => topics.has(word)) ? SAME_WORD : 1;
    const names = action.steps.flatMap(namesIn);
    const byText = names.some((name) => texts.includes(name.toLowerCase())) ? SAME_TEXT : 1;
    const weight = Math.max(byWord, byText) * pageWeight(affected, pageOf(action, root));
    weights.set(action.key, weight);
    return weight;
  };
  return {
    weigh: (action) => {
      const isStyled =
        styled.size > 0 && action.steps.some((step) => targetsIn(step).some((one) => styled.has(one)));
      return Math.min(MOST, known(action) * (isStyled ? SAME_STYLE : 1));
    },
  };
}

function pageWeight(affected: Affected | undefined, path: string | undefined): number {
  // When everything may be affected alike, no page comes first.
  if (affected === undefined || affected.sweep !== undefined || path === undefined) return 1;
  const route = affectedPage(affected, path);
  const nearest = affected.routes[0];
  if (route === undefined || nearest === undefined) return 1;
  return PAGE[Math.min(route.distance - nearest.distance, PAGE.length - 1)] ?? 1;
}

/** The page on which an action stands, ids folded; undefined for what stands on every page. */
function pageOf({ control }: Action, root: string): string | undefined {
  if (!control.startsWith('/')) return undefined;
  const kind = control.slice(0, control.indexOf(' '));
  return kind.startsWith(root) ? `/${kind.slice(root.length)}` : kind;
}

/** Names and texts of what a step acts on; what is typed is ours. */
function namesIn(step: Action['steps'][number]): readonly string[] {
  return targetsIn(step).map((target) => target.slice(target.indexOf('|') + 1));
}

function targetsIn(step: Action['steps'][number]): readonly string[] {
  const target = targetOf(step);
  if (target === undefined) return [];
  if (typeof target === 'string') return [`|${target}`];
  return 'role' in target || 'name' in target ? [`${target.role ?? ''}|${target.name ?? ''}`] : [];
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
