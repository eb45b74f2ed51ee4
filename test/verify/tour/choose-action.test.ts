import { expect, test } from 'vitest';
import { createRandom } from '../../../src/lib/random.ts';
import type { Action } from '../../../src/verify/model/list-actions.ts';
import { type Circumstances, chooseAction } from '../../../src/verify/tour/choose-action.ts';
import {
  createStateGraph,
  enterState,
  type StateGraph,
  type StateNode,
  wayTo,
} from '../../../src/verify/tour/state-graph.ts';

const click = (key: string): Action => ({
  steps: [{ click: key }],
  key,
  kind: 'click',
  isOdd: key.startsWith('odd'),
});

function state(graph: StateGraph, key: string, depth: number, actions: readonly string[]): StateNode {
  const path = [{ goto: '/' }, ...Array.from({ length: depth }, () => ({ click: 'x' }))];
  return enterState(graph, { key, place: '/', path }, actions.map(click));
}

function take(graph: StateGraph, from: StateNode, key: string, to: string): void {
  const edge = from.edges.get(key);
  if (edge === undefined) throw new Error(`${from.key} has no ${key}`);
  edge.tries += 1;
  edge.to = to;
  graph.tried.set(key, (graph.tried.get(key) ?? 0) + 1);
}

const at = (graph: StateGraph, here: StateNode, depth = 1): Circumstances => ({
  graph,
  state: here,
  random: createRandom(1),
  depth,
  appeared: new Set(),
  interest: () => 1,
});

test('what was tried nowhere comes first', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', 0, ['old', 'new']);
  take(graph, here, 'old', 'home');
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'act', actions: [click('new')] });
});

test('where nothing is new, the known way to the nearest new thing is taken', () => {
  const graph = createStateGraph();
  const home = state(graph, 'home', 0, ['a']);
  const middle = state(graph, 'middle', 1, ['b']);
  state(graph, 'end', 2, ['c']);
  take(graph, home, 'a', 'middle');
  take(graph, middle, 'b', 'end');
  expect(chooseAction(at(graph, home, 0))).toEqual({ kind: 'act', actions: [click('a'), click('b')] });
});

test('what cannot be reached from here is reached by a fresh start', () => {
  const graph = createStateGraph();
  const here = state(graph, 'dead end', 3, []);
  const other = state(graph, 'other', 1, ['new']);
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'restart', state: other });
});

test('an action at which base and head part is not taken again', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', 0, ['broken']);
  take(graph, here, 'broken', 'gone');
  const edge = here.edges.get('broken');
  if (edge !== undefined) edge.isDivergent = true;
  graph.mutating.add('broken');
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'done' });
});

test('an action that changes something is tried in every state, one that does not only in a few', () => {
  const graph = createStateGraph();
  graph.tried.set('save', 9);
  graph.tried.set('menu', 9);
  graph.mutating.add('save');
  const here = state(graph, 'home', 0, ['save', 'menu']);
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'act', actions: [click('save')] });
});

test('the same seed chooses the same', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', 0, ['a', 'b', 'c', 'd', 'e']);
  expect(chooseAction(at(graph, here))).toEqual(chooseAction(at(graph, here)));
});

test('a shorter way to a known state is kept', () => {
  const graph = createStateGraph();
  state(graph, 'cart', 5, []);
  state(graph, 'cart', 2, []);
  expect(graph.states.get('cart')?.path).toHaveLength(3);
  const home = state(graph, 'home', 0, ['a']);
  take(graph, home, 'a', 'cart');
  expect(wayTo(graph, home, (one) => one.key === 'cart')).toEqual([click('a')]);
});

test('what has only just come up comes before what was there all along', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', 0, ['old 1', 'old 2', 'old 3', 'undo']);
  const choice = chooseAction({ ...at(graph, here), appeared: new Set(['undo']) });
  expect(choice).toEqual({ kind: 'act', actions: [click('undo')] });
});

test('odd values wait until every usual action was tried', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', 0, ['odd value', 'usual']);
  const choices = Array.from({ length: 200 }, (_, seed) =>
    chooseAction({ ...at(graph, here), random: createRandom(seed) }),
  );
  const odd = choices.filter((one) => one.kind === 'act' && one.actions[0]?.key === 'odd value');
  expect(odd.length).toBeGreaterThan(5);
  expect(odd.length).toBeLessThan(50);
});
