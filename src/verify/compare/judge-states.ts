import type { NodeStates } from '../model/page-model.ts';
import { foldVolatile } from '../model/template-text.ts';
import type { Atom } from './atom.ts';
import type { Divergence } from './divergence.ts';
import { expectValue } from './expectations.ts';
import type { AtomPair, Matching } from './match-atoms.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene } from './scene.ts';
import { cut } from './text-facts.ts';

type State = Exclude<keyof NodeStates, 'level'>;
/** How a person says that a state holds, and that it does not. */
const SAID: Readonly<Record<State, readonly [string, string]>> = {
  checked: ['checked', 'not checked'],
  disabled: ['disabled', 'enabled'],
  expanded: ['open', 'closed'],
  invalid: ['marked as invalid', 'not marked as invalid'],
  pressed: ['pressed', 'not pressed'],
  selected: ['selected', 'not selected'],
};
const STATES = ['disabled', 'checked', 'invalid', 'selected', 'expanded', 'pressed'] as const;

interface StateDifference {
  readonly pair: AtomPair;
  readonly state: State | 'value';
  readonly base: string;
  readonly head: string;
}

/** Judges the states of controls and the values of fields that are on both sides. */
export function judgeStates(scene: Scene): readonly Divergence[] {
  const before = scene.matchingBefore === undefined ? [] : listDifferences(scene.matchingBefore);
  const found = notBefore(
    listDifferences(scene.matching),
    before,
    ({ pair, state, base, head }) =>
      `${state}|${pair.base.kind}|${pair.base.text}|${pair.base.item?.owner ?? ''}|${base}|${head}`,
  );
  // A field says by its value which option is chosen.
  return found.filter(({ pair }) => pair.base.kind !== 'option').map((one) => describe(one, scene));
}

function listDifferences(matching: Matching): readonly StateDifference[] {
  return [...matching.same, ...matching.moved, ...matching.changed].flatMap((pair) => [
    ...STATES.flatMap((state) => differInState(pair, state) ?? []),
    ...(differInValue(pair) ?? []),
  ]);
}

function differInState(pair: AtomPair, state: State): StateDifference | undefined {
  const [base, head] = [pair.base.node.states[state], pair.head.node.states[state]];
  const [was, is] = [isSet(base), isSet(head)];
  if (was === is) return undefined;
  // Markup that begins to say whether something is open, pressed or selected says nothing new about the product.
  const isSaidByMarkup = state === 'expanded' || state === 'pressed' || state === 'selected';
  if (isSaidByMarkup && (pair.base.role !== pair.head.role || (base === undefined && !wasSaid(pair.base)))) {
    return undefined;
  }
  const [yes, no] = SAID[state];
  return { pair, state, base: was ? yes : no, head: is ? yes : no };
}

/** Tabs, options and tree items are selected or not also where the attribute is left out. */
function wasSaid({ role }: Atom): boolean {
  return role === 'tab' || role === 'option' || role === 'treeitem' || role === 'row' || role === 'combobox';
}

function isSet(value: boolean | string | undefined): boolean {
  return value !== undefined && value !== false && value !== 'false';
}

function differInValue(pair: AtomPair): readonly StateDifference[] {
  const { base, head } = pair;
  if (base.kind !== 'field' || head.kind !== 'field') return [];
  const [from, to] = [foldVolatile(base.value ?? ''), foldVolatile(head.value ?? '')];
  return from === to ? [] : [{ pair, state: 'value', base: base.value ?? '', head: head.value ?? '' }];
}

function describe({ pair, state, base, head }: StateDifference, scene: Scene): Divergence {
  const where =
    pair.base.item === undefined || pair.base.text !== '' ? '' : ` of “${cut(pair.base.item.name, 40)}”`;
  const name = `${nameAtom(pair.head)}${where}`;
  const about = `${state}|${pair.base.kind}|${causeText(scene.knowledge, pair.base.text || (pair.base.item?.list ?? ''))}`;
  if (state === 'value') {
    const show = (value: string): string => (value === '' ? 'nothing' : `“${cut(value)}”`);
    return diverge({
      kind: 'value',
      about,
      severity: 'medium',
      source: 'field-value',
      what: `${name} holds ${show(head)} instead of ${show(base)}`,
      expected: base,
      actual: head,
      expect: expectValue(scene.after, pair.base),
      ...pair,
    });
  }
  return diverge({
    kind: 'state',
    about,
    category: 'flow',
    severity: state === 'disabled' ? 'high' : 'medium',
    source: `${state}-state`,
    what: `${name} is ${head} instead of ${base}`,
    expected: base,
    actual: head,
    ...pair,
  });
}
