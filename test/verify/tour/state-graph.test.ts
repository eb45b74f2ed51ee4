import { expect, test } from 'vitest';
import { countControls, gainOf } from '../../../src/verify/tour/gain.ts';
import {
  createStateGraph,
  enterState,
  isPoor,
  noteLost,
  noteUse,
  type StateGraph,
  type StateNode,
} from '../../../src/verify/tour/state-graph.ts';
import { click } from '../../support/page-actions.ts';

test('what was tried where little was shown is tried again where much is, and waits there for that', () => {
  const graph = createStateGraph();
  const listed = (key: string, items: number): StateNode =>
    enterState(
      graph,
      { key, place: `/list?${key}`, path: [{ goto: '/' }], changed: [], appeared: new Set(), items },
      [click('sort'), click('more')],
    );
  const [all, found] = [listed('all', 12), listed('found', 1)];
  const first = gainsAt(graph, found);
  expect(first('sort')).toBeLessThan(gainsAt(graph, all)('sort'));
  noteUse(graph, click('sort'), { state: found, changed: [] });
  expect([gainsAt(graph, found)('sort'), gainsAt(graph, all)('sort')]).toEqual([
    0,
    gainsAt(graph, all)('more'),
  ]);
  expect(countControls(graph)).toEqual({ seen: 2, untried: 1 });
  noteUse(graph, click('sort'), { state: all, changed: [] });
  expect(gainsAt(graph, all)('sort')).toBe(0);
});

function gainsAt(graph: StateGraph, state: StateNode): (key: string) => number {
  const here = { graph, changed: [], before: [], depth: 1, isPoor: isPoor(graph, state), interest: () => 1 };
  return (key) => {
    const edge = state.edges.get(key);
    return edge === undefined ? Number.NaN : gainOf(here, edge);
  };
}

test('the way to a state is put together from shorter ones, and the one that was seen to lead there is kept', () => {
  const graph = createStateGraph();
  const seen = (length: number) => ({
    key: 'step 2',
    place: '/',
    path: Array.from({ length }, () => ({ click: 'x' })),
    changed: [],
    appeared: new Set<string>(),
  });
  const shorter = { path: [{ goto: '/' }, { click: 'new' }], changed: [click('new')] };
  const node = enterState(graph, { ...seen(9), shorter }, []);
  expect([node.path, node.changed]).toEqual([shorter.path, shorter.changed]);
  enterState(graph, seen(5), []);
  expect(node.path).toEqual(shorter.path);
  noteLost(node);
  expect([node.path.length, node.changed, node.lost]).toEqual([5, [], 0]);
  noteLost(node);
  expect(node.lost).toBe(1);
});
