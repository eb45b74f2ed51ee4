import { expect, test } from 'vitest';
import { createRandom } from '../../../src/lib/random.ts';
import type { Action } from '../../../src/verify/model/action.ts';
import { type Circumstances, chooseAction } from '../../../src/verify/tour/choose-action.ts';
import type { Effect } from '../../../src/verify/tour/effect.ts';
import { countControls } from '../../../src/verify/tour/gain.ts';
import {
  createStateGraph,
  enterState,
  noteEffect,
  noteUse,
  type StateGraph,
  type StateNode,
  waysFrom,
} from '../../../src/verify/tour/state-graph.ts';
import { click } from '../../support/page-actions.ts';

interface Place {
  readonly depth?: number;
  readonly changed?: readonly Action[];
  readonly appeared?: ReadonlySet<string>;
}

function state(
  graph: StateGraph,
  key: string,
  actions: readonly (string | Action)[],
  { depth = 0, changed = [], appeared = new Set() }: Place = {},
): StateNode {
  const path = [{ goto: '/' }, ...Array.from({ length: depth }, () => ({ click: 'x' }))];
  const listed = actions.map((one) => (typeof one === 'string' ? click(one) : one));
  return enterState(graph, { key, place: '/', path, changed, appeared }, listed);
}

function take(graph: StateGraph, from: StateNode, key: string, to: string, effect: Effect = 'moved'): Action {
  const edge = from.edges.get(key);
  if (edge === undefined) throw new Error(`${from.key} has no ${key}`);
  edge.tries += 1;
  edge.to = to;
  noteUse(graph, edge.action, { changed: [] });
  noteEffect(graph, edge.action, effect);
  return edge.action;
}

const at = (graph: StateGraph, here: StateNode, over: Partial<Circumstances> = {}): Circumstances => ({
  graph,
  state: here,
  random: createRandom(1),
  depth: 1,
  changed: [],
  appeared: new Set(),
  interest: () => 1,
  ...over,
});

const chosen = (here: Circumstances): string | undefined => {
  const choice = chooseAction(here);
  return choice.kind === 'done'
    ? undefined
    : choice.kind === 'act'
      ? choice.actions.at(-1)?.key
      : choice.action.key;
};

test('what was tried nowhere comes first', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['old', 'new']);
  take(graph, here, 'old', 'home');
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'act', actions: [click('new')] });
});

test('where nothing is new, the known way to the nearest new thing is taken, and the new thing done there', () => {
  const graph = createStateGraph();
  const home = state(graph, 'home', ['a']);
  const middle = state(graph, 'middle', ['b'], { depth: 1 });
  state(graph, 'end', ['c'], { depth: 2 });
  take(graph, home, 'a', 'middle');
  take(graph, middle, 'b', 'end');
  expect(chooseAction(at(graph, home, { depth: 0 }))).toEqual({
    kind: 'act',
    actions: [click('a'), click('b'), click('c')],
  });
});

test('what cannot be reached from here is reached by a fresh start', () => {
  const graph = createStateGraph();
  const here = state(graph, 'dead end', [], { depth: 3 });
  const other = state(graph, 'other', ['new'], { depth: 1 });
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'restart', state: other, action: click('new') });
});

test('a state that its own steps no longer reach is given up', () => {
  const graph = createStateGraph();
  const here = state(graph, 'dead end', [], { depth: 3 });
  state(graph, 'gone', ['new'], { depth: 1 }).lost = 2;
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'done' });
});

test('an action at which base and head part is not taken again', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['broken']);
  const edge = here.edges.get('broken');
  if (edge !== undefined) edge.isDivergent = true;
  expect(chooseAction(at(graph, here))).toEqual({ kind: 'done' });
});

test('two actions that change something are done one after the other once, those that do not are not', () => {
  const graph = createStateGraph();
  const here = state(graph, 'cart', ['coupon', 'remove', 'menu']);
  const coupon = take(graph, here, 'coupon', 'cart', 'kept');
  const remove = take(graph, here, 'remove', 'cart', 'kept');
  take(graph, here, 'menu', 'cart', 'none');
  noteUse(graph, coupon, { changed: [coupon] });
  expect(chosen(at(graph, here, { changed: [coupon] }))).toBe('remove');
  noteUse(graph, remove, { changed: [coupon] });
  noteUse(graph, click('menu'), { changed: [coupon] });
  expect(chosen(at(graph, here, { changed: [coupon] }))).toBeUndefined();
});

test('where nothing else is left, what lasts is done after two changes that it was not done after yet', () => {
  const graph = createStateGraph();
  const here = state(graph, 'list', ['select', 'search', 'delete']);
  const [select, search, remove] = (['shown', 'shown', 'kept'] as const).map((effect, index) =>
    take(graph, here, ['select', 'search', 'delete'][index] ?? '', 'list', effect),
  );
  if (select === undefined || search === undefined || remove === undefined) throw new Error('three actions');
  const all = [select, search, remove];
  for (const first of all) for (const second of all) noteUse(graph, second, { changed: [first] });
  expect(chosen(at(graph, here, { changed: [select] }))).toBeUndefined();
  expect(chosen(at(graph, here, { changed: [select, search] }))).toBe('delete');
  noteUse(graph, remove, { changed: [select, search] });
  expect(chosen(at(graph, here, { changed: [select, search] }))).toBeUndefined();
});

test('a state in which something lasting was done is sought again to combine it with the rest', () => {
  const graph = createStateGraph();
  const home = state(graph, 'home', []);
  const cart = state(graph, 'cart', ['coupon', 'remove'], { depth: 2 });
  const coupon = take(graph, cart, 'coupon', 'reduced', 'kept');
  take(graph, cart, 'remove', 'cart', 'kept');
  const reduced = state(graph, 'reduced', ['remove'], { depth: 3, changed: [coupon] });
  expect(chooseAction(at(graph, home))).toEqual({ kind: 'restart', state: reduced, action: click('remove') });
});

test('another value of a field is another first of a pair, unless it is odd', () => {
  const graph = createStateGraph();
  const value = (key: string, isOdd = false) =>
    click(key, { control: 'code', spot: 'code', sort: 'code', isOdd });
  const here = state(graph, 'cart', ['remove']);
  const remove = take(graph, here, 'remove', 'cart', 'kept');
  noteUse(graph, remove, { changed: [value('wrong code')] });
  noteEffect(graph, value('right code'), 'kept');
  expect(chosen(at(graph, here, { changed: [value('wrong code')] }))).toBeUndefined();
  expect(chosen(at(graph, here, { changed: [value('right code')] }))).toBe('remove');
  noteUse(graph, remove, { changed: [value('long', true)] });
  expect(chosen(at(graph, here, { changed: [value('blank', true)] }))).toBeUndefined();
});

test('what never could be done is given up, in one place and of its sort', () => {
  const graph = createStateGraph();
  const skip = (key: string) => click(key, { sort: 'skip' });
  const here = state(graph, 'home', [skip('skip here'), skip('skip there')]);
  for (let round = 0; round < 2; round += 1) noteEffect(graph, skip('skip here'), undefined);
  expect(chosen(at(graph, here))).toBe('skip there');
  noteEffect(graph, skip('skip elsewhere'), undefined);
  expect(chosen(at(graph, here))).toBeUndefined();
});

test('the same control on many pages is worth less each time', () => {
  const graph = createStateGraph();
  const add = (page: string) => click(`${page} add`, { sort: 'add' });
  for (const page of ['/1', '/2', '/3']) noteUse(graph, add(page), { changed: [] });
  const here = state(graph, 'product', [add('/4'), 'other']);
  expect(chosen(at(graph, here))).toBe('other');
});

test('what is like nothing used before comes before its like in another column', () => {
  const graph = createStateGraph();
  const menu = (column: string) => click(`menu of ${column}`, { family: 'menu' });
  for (const column of ['a', 'b']) noteUse(graph, menu(column), { changed: [] });
  const here = state(graph, 'board', [menu('c'), menu('d'), 'settings']);
  expect(chosen(at(graph, here))).toBe('settings');
});

test('what has only just come up comes before what was there all along', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['old 1', 'old 2', 'old 3', 'undo']);
  expect(chosen(at(graph, here, { appeared: new Set(['undo']) }))).toBe('undo');
});

test('what has come up on the way comes before what was there all along', () => {
  const graph = createStateGraph();
  const here = state(graph, 'a', ['old 1', 'old 2', 'old 3', 'opened']);
  expect(chosen(at(graph, here, { recent: new Set(['opened']) }))).toBe('opened');
});

test('a whole form is sent before its fields are used, and a thing is gone through with before one turns back', () => {
  const graph = createStateGraph();
  const form = click('form', { kind: 'form' });
  const steps = ['back', 'cancel'].map((key) => click(key, { leads: 'out' }));
  const here = state(graph, 'a', [...steps, click('field', { kind: 'submit' }), form]);
  expect(chosen(at(graph, here))).toBe('form');
  const check = state(graph, 'b', [...steps, click('book', { leads: 'on' })]);
  expect(chosen(at(graph, check))).toBe('book');
});

test('what a panel covers waits until what the panel holds was tried', () => {
  const graph = createStateGraph();
  const panel = state(graph, 'panel', ['behind 1', 'behind 2', 'close'], { appeared: new Set(['close']) });
  const seeds = Array.from({ length: 20 }, (_, seed) => createRandom(seed));
  const choices = () => new Set(seeds.map((random) => chosen(at(graph, panel, { random }))));
  expect(choices().size).toBe(3);
  panel.isCovered = true;
  expect(choices()).toEqual(new Set(['close']));
});

test('odd values wait until every usual action was tried', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', [click('odd value', { isOdd: true }), 'usual']);
  for (let seed = 0; seed < 50; seed += 1) {
    expect(chosen(at(graph, here, { random: createRandom(seed) }))).toBe('usual');
  }
  take(graph, here, 'usual', 'home');
  expect(chosen(at(graph, here))).toBe('odd value');
});

test('what the change touches is worth more', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['a', 'b', 'c', 'd']);
  expect(chosen(at(graph, here, { interest: ({ key }) => (key === 'c' ? 4 : 1) }))).toBe('c');
});

test('a run owes the controls that it saw and never used, not their odd values nor what cannot be used', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['a', 'b', 'stuck', click('odd', { isOdd: true })]);
  take(graph, here, 'a', 'home');
  for (let round = 0; round < 3; round += 1) noteEffect(graph, click('stuck'), undefined);
  expect(countControls(graph)).toEqual({ seen: 2, untried: 1 });
});

test('the same seed chooses the same', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['a', 'b', 'c', 'd', 'e']);
  expect(chooseAction(at(graph, here))).toEqual(chooseAction(at(graph, here)));
});

test('a shorter way to a known state is kept', () => {
  const graph = createStateGraph();
  state(graph, 'cart', [], { depth: 5 });
  state(graph, 'cart', [], { depth: 2 });
  expect(graph.states.get('cart')?.path).toHaveLength(3);
  const home = state(graph, 'home', ['a']);
  take(graph, home, 'a', 'cart');
  expect(waysFrom(graph, home, 3).get('cart')).toEqual([click('a')]);
});

test('what comes up after a change is tried at once after that change, not after all that was done before', () => {
  const graph = createStateGraph();
  const here = state(graph, 'cart', ['take out', 'remove']);
  for (const key of ['take out', 'remove']) take(graph, here, key, 'cart', 'kept');
  const coupon = click('coupon');
  noteEffect(graph, coupon, 'kept');
  const appeared = new Set(['take out']);
  expect(chosen(at(graph, here, { appeared, changed: [coupon] }))).toBe('take out');
  noteUse(graph, click('take out'), { changed: [coupon] });
  const other = click('other');
  noteEffect(graph, other, 'kept');
  const seeds = Array.from({ length: 20 }, (_, seed) => createRandom(seed));
  const later = seeds.map((random) =>
    chosen(at(graph, here, { appeared, changed: [other, coupon], random })),
  );
  expect(later).toContain('remove');
});

test('a control counts as used when one of its like in the same list was used', () => {
  const graph = createStateGraph();
  const remove = (place: string) =>
    click(`remove ${place}`, { sort: `click|button|Remove|/main:/listitem:${place}` });
  state(graph, 'cart', [remove('first'), remove('last'), 'pay']);
  noteUse(graph, remove('first'), { changed: [] });
  expect(countControls(graph)).toEqual({ seen: 2, untried: 1 });
});

test('after something that lasts, other pages are looked at before what changes something else', () => {
  const graph = createStateGraph();
  const here = state(graph, 'orders', ['star', 'invoices']);
  take(graph, here, 'star', 'orders', 'shown');
  take(graph, here, 'invoices', 'invoices', 'moved');
  noteEffect(graph, click('star'), 'shown', ['label:stars']);
  const cancel = click('cancel');
  noteEffect(graph, cancel, 'kept', ['sent:orders']);
  expect(chosen(at(graph, here, { changed: [cancel] }))).toBe('invoices');
});

test('what was never used comes before other values and pairs, also at the end of a longer way', () => {
  const graph = createStateGraph();
  const here = state(graph, 'home', ['toggle', click('choose')]);
  const changed = [take(graph, here, 'toggle', 'home', 'kept')];
  state(graph, 'payment', ['edit'], { depth: 5 });
  noteUse(graph, click('choose'), { changed: [] });
  noteEffect(graph, click('choose'), 'kept');
  expect(chosen(at(graph, here, { changed }))).toBe('edit');
});

test('deep in a flow one looks around before one goes through with it', () => {
  const graph = createStateGraph();
  const book = click('book', { kind: 'form' });
  const here = state(graph, 'payment', [book, 'edit details']);
  const recent = new Set(['book', 'edit details']);
  const deep = at(graph, here, { depth: 6, recent, appeared: recent });
  expect(chosen(deep)).toBe('edit details');
  expect(chosen({ ...deep, depth: 1 })).toBe('book');
});
