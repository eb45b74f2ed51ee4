import type { Step } from '../../domain/flow.ts';
import { labelledTexts } from '../invariants/labels.ts';
import { fold } from '../invariants/page-texts.ts';
import { abstractState, addressTemplate } from '../model/abstract-state.ts';
import { likeItems } from '../model/groups.ts';
import { TYPED } from '../model/keys-and-history.ts';
import { type PageModel, type PageNode, walkDocument, walkNodes } from '../model/page-model.ts';
import { pathTemplate } from '../site.ts';

/**
 * How much an action did: nothing to be seen, led to another page, changed what the page shows, or sent or stored something
 * that lasts.
 */
export type Effect = 'none' | 'moved' | 'shown' | 'kept';

/** Parts of a page; a list of one has little to do with that of another. */
const PARTS = new Set(['navigation', 'main', 'complementary', 'region', 'dialog', 'alertdialog', 'tabpanel']);
const ORDER: readonly Effect[] = ['none', 'moved', 'shown', 'kept'];

export function effectOf(before: PageModel, after: PageModel): Effect {
  if (isSending(after)) return 'kept';
  if (before.storageKeys.join() !== after.storageKeys.join()) return 'kept';
  if (changedKeys(before, after).length > 0) return 'kept';
  if (before.url !== after.url) return 'moved';
  const isSame = abstractState(before) === abstractState(after) && textOf(before) === textOf(after);
  return isSame ? 'none' : 'shown';
}

/**
 * What an action changed, by name: the keys of what is stored, the sorts of data that were sent and how, the labels of numbers, the
 * fields that were filled, came up or hold something else, the parts of the page whose lists hold something else. What two actions have in common here, they may spoil for each other.
 */
export function touchedBy(
  before: PageModel,
  after: PageModel,
  steps: readonly Step[] = [],
): ReadonlySet<string> {
  const sent = after.requests
    .filter(isChanging)
    .flatMap(({ method, url }) => [`sent:${resourceOf(url)}`, `${WAY}${method} ${wayOf(url)}`]);
  const isSamePage = addressTemplate(before.url) === addressTemplate(after.url);
  const labels = before.url === after.url ? changes(numbersByLabel(before), numbersByLabel(after)) : [];
  const lists = isSamePage ? changes(listsByPart(before), listsByPart(after)) : [];
  const fieldsNow = fieldsByName(after);
  const fields = changes(fieldsByName(before), fieldsNow).filter((name) => fieldsNow.has(name));
  return new Set([
    ...changedKeys(before, after),
    ...sent,
    ...labels,
    ...lists,
    ...fields,
    ...steps.flatMap(filledBy),
  ]);
}

/** What is filled may be gone once it is sent. */
function filledBy(step: Step): readonly string[] {
  const field = 'fill' in step ? step.fill.field : 'select' in step ? step.select.field : undefined;
  return typeof field === 'object' && 'name' in field ? [fieldKey(field.name ?? '')] : [];
}

function fieldKey(name: string): string {
  return `field:${fold(name).toLowerCase()}`;
}

/** Whether an action changed something beyond where one is. */
export function isMutation(effect: Effect): boolean {
  return effect === 'shown' || effect === 'kept';
}

/** The greater of two effects. */
export function greater(one: Effect | undefined, other: Effect): Effect {
  return one === undefined || ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one;
}

/** Whether a page asked its servers for more than to read. */
export function isSending({ requests }: PageModel): boolean {
  return requests.some(isChanging);
}

function isChanging({ method, resource }: PageModel['requests'][number]): boolean {
  return resource !== 'ping' && !/^(?:GET|HEAD|OPTIONS)$/.test(method);
}

function changedKeys(before: PageModel, after: PageModel): readonly string[] {
  const [old, now] = [before.storageDigests ?? {}, after.storageDigests ?? {}];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]);
}

/** Begins the names of requests, by method and path without ids. */
export const WAY = 'way:';

function wayOf(url: string): string {
  return pathTemplate(URL.parse(url)?.pathname ?? url);
}

/** The first word of a path that names data: `cart` of `/api/v2/cart/7/lines`. */
function resourceOf(url: string): string {
  const words = (URL.parse(url)?.pathname ?? url).split('/').filter((word) => word !== '');
  return words.find((word) => !/^(?:api|rest|v\d+|[a-z]{2})$/i.test(word)) ?? '';
}

type Texts = ReadonlyMap<string, string>;

function changes(old: Texts, now: Texts): readonly string[] {
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}

function fieldsByName({ nodes }: PageModel): Texts {
  const byName = new Map<string, string>();
  for (const { role, name, text, states } of walkDocument(nodes)) {
    if (!TYPED.has(role) && states.checked === undefined) continue;
    const key = fieldKey(name);
    byName.set(key, `${byName.get(key) ?? ''}|${text}${String(states.checked ?? '')}`);
  }
  return byName;
}

function numbersByLabel({ nodes }: PageModel): Texts {
  const byLabel = new Map<string, string>();
  for (const { label, text } of labelledTexts(nodes)) {
    const key = `label:${fold(label).toLowerCase()}`;
    byLabel.set(key, `${byLabel.get(key) ?? ''} ${text}`);
  }
  return byLabel;
}

/** What the lists of each part of a page hold: texts, and what is chosen. */
function listsByPart({ nodes }: PageModel): Texts {
  const byPart = new Map<string, string>();
  const visit = (node: PageNode, part: string): void => {
    const inner = PARTS.has(node.role) ? `${part}/${node.role}:${fold(node.name).toLowerCase()}` : part;
    for (const item of likeItems(node)) {
      const said = [...walkNodes([item])].map(
        ({ name, text, states }) => `${name}|${text}|${String(states.checked ?? states.selected ?? '')}`,
      );
      byPart.set(inner, `${byPart.get(inner) ?? ''}\n${said.join()}`);
    }
    for (const child of node.children) visit(child, inner);
  };
  for (const node of nodes) visit(node, 'list:');
  return byPart;
}

function textOf(model: PageModel): string {
  return [...walkNodes(model.nodes)].map((node) => `${node.name}|${node.text}`).join('\n');
}
