import { expect, test } from 'vitest';
import { createRandom } from '../../../src/lib/random.ts';
import type { Action } from '../../../src/verify/model/action.ts';
import {
  createStateGraph,
  enterState,
  noteEffect,
  type StateGraph,
} from '../../../src/verify/tour/state-graph.ts';
import { findTopics, kindOf, type Topic } from '../../../src/verify/tour/topics.ts';
import { chooseWay } from '../../../src/verify/tour/wander.ts';

const click = (sort: string, page = '/'): Action => ({
  steps: [{ click: sort }],
  key: `${page} ${sort}`,
  control: `${page} ${sort}`,
  spot: `${page} ${sort}`,
  sort,
  family: sort,
  kind: 'click',
  isOdd: false,
});

const add = click('click|button|Add|/main:');
const remove = click('click|button|Remove|/main:/row:first', '/basket');
const removeLast = click('click|button|Remove|/main:/row:last', '/basket');
const toBasket = click('click|link|Basket|/navigation:');
const theme = click('click|button|Dark|/navigation:');

/** A shop of two pages, of which everything was tried once. */
function shop(): StateGraph {
  const graph = createStateGraph();
  const page = (key: string, actions: readonly Action[]) =>
    enterState(graph, { key, place: key, path: [{ goto: '/' }], changed: [], appeared: new Set() }, actions);
  const home = page('/', [add, theme, toBasket]);
  page('/basket', [remove, removeLast]);
  const edge = home.edges.get(toBasket.key);
  if (edge !== undefined) edge.to = '/basket';
  noteEffect(graph, add, 'kept', ['local:basket', 'label:total']);
  noteEffect(graph, remove, 'kept', ['local:basket', 'label:total', 'label:remarks']);
  noteEffect(graph, removeLast, 'kept', ['label:remarks']);
  noteEffect(graph, theme, 'kept', ['local:theme']);
  noteEffect(graph, toBasket, 'moved');
  return graph;
}

const BASKET: Topic = { name: 'local:basket', controls: new Set([kindOf(add), kindOf(remove)]), weight: 1 };

function choose(
  graph: StateGraph,
  over: { used?: ReadonlyMap<string, number>; changed?: readonly Action[] } = {},
) {
  const state = graph.states.get('/');
  if (state === undefined) throw new Error('no such state');
  const random = createRandom(1);
  const { used = new Map(), changed = [] } = over;
  const chosen = Array.from({ length: 400 }, () =>
    chooseWay({ graph, state, changed }, { topic: BASKET, random, interest: () => 1, used }),
  );
  const count = (key: string): number => chosen.filter((way) => way?.at(-1)?.key === key).length;
  return { chosen, count };
}

test('a topic is what several kinds of controls change, told by what lasts where the same ones change more', () => {
  const topics = findTopics(shop());
  expect(topics.map(({ name }) => name)).toEqual(['local:basket']);
  expect([...(topics[0]?.controls ?? [])].sort()).toEqual([kindOf(add), kindOf(remove)].sort());
});

test('what is sent in one way only, such as a form that can be sent by a button and by a key, is hardly a topic', () => {
  const graph = createStateGraph();
  const send = click('click|button|Send|/main:', '/contact');
  const enter = click('submit|textbox|E-mail|/main:', '/contact');
  for (const one of [send, enter]) noteEffect(graph, one, 'kept', ['sent:contact', 'way:POST /contact']);
  noteEffect(graph, add, 'kept', ['sent:basket', 'way:POST /basket']);
  noteEffect(graph, remove, 'kept', ['sent:basket', 'way:POST /basket/:id/remove']);
  const weights = new Map(findTopics(graph).map(({ name, weight }) => [name, weight]));
  expect([...weights.keys()].sort()).toEqual(['sent:basket', 'sent:contact']);
  expect(weights.get('sent:contact')).toBeLessThan((weights.get('sent:basket') ?? 0) / 2);
});

test('a walk takes what belongs to its topic, also where a known way leads, and seldom anything else', () => {
  const { chosen, count } = choose(shop());
  expect(chosen.find((way) => way?.at(-1)?.key === remove.key)).toEqual([toBasket, remove]);
  expect(count(add.key)).toBeGreaterThan(100);
  expect(count(remove.key) + count(removeLast.key)).toBeGreaterThan(60);
  expect(count(theme.key)).toBeLessThan(60);
});

test('the places in a list are together as likely as one button', () => {
  const { count } = choose(shop());
  expect(count(remove.key) + count(removeLast.key)).toBeLessThan(count(add.key));
});

test('what the walk has used is used less', () => {
  const seldom = choose(shop(), { used: new Map([[kindOf(add), 9]]) });
  expect(seldom.count(add.key)).toBeLessThan(choose(shop()).count(add.key) / 2);
});

test('without a known way anything is taken, and where base and head part nothing is', () => {
  const graph = shop();
  const topic = { ...BASKET, controls: new Set(['elsewhere']) };
  const state = graph.states.get('/basket');
  const from = { graph, changed: [], ...(state === undefined ? {} : { state }) };
  const how = { topic, random: createRandom(1), interest: () => 1, used: new Map() };
  expect(chooseWay(from, how)).toHaveLength(1);
  for (const edge of state?.edges.values() ?? []) edge.isDivergent = true;
  expect(chooseWay(from, how)).toBeUndefined();
});
