import { pathTemplate } from '../site.ts';
import { likeItems } from './groups.ts';
import type { PageModel, PageNode } from './page-model.ts';
import { templateText } from './template-text.ts';

/** A list of more like items than this counts as "many". */
const MANY = 2;
const LISTS = new Set([
  'list',
  'table',
  'rowgroup',
  'grid',
  'feed',
  'listbox',
  'treegrid',
  'tree',
  'menu',
  'tablist',
]);
const FIELDS = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider']);

/**
 * Names the state that a page is in, as far as it matters for what one can do there.
 *
 * The address without ids, then the tree of roles, names and states with volatile texts and numbers folded; items of a
 * list count as none, one, two or many of each kind. Source: the state abstraction of Crawljax and FragGen.
 */
export function abstractState(model: PageModel): string {
  const dialogs = model.dialogs.map((dialog) => dialog.kind).join(',');
  return [addressTemplate(model.url), dialogs, ...model.nodes.map(fold)].join('\n');
}

/** The address without host, ids and values: path, names in the query, route in the fragment. */
export function addressTemplate(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const route = /^#!?\//.test(url.hash) ? `#${pathTemplate(url.hash.replace(/^#!?/, ''))}` : '';
  return `${pathTemplate(url.pathname + url.search)}${route}`;
}

function fold(node: PageNode): string {
  if (node.role === 'text') return templateNumbers(node.text);
  const { role, states } = node;
  const flags = Object.entries(states)
    .filter(([name, value]) => value !== undefined && name !== 'level')
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
    .join(',');
  const text = FIELDS.has(role) ? foldValue(node) : templateNumbers(node.text);
  const isList = LISTS.has(role) || likeItems(node).length > 0;
  const children = isList ? foldItems(node) : node.children.map(fold).join(' ');
  // A wrapper says nothing of its own.
  if (role === 'generic' && text === '' && flags === '') return children;
  return `${role}[${templateNumbers(node.name)}|${flags}|${text}](${children})`;
}

function foldValue(node: PageNode): string {
  if (node.field?.options !== undefined) return node.text;
  return node.text === '' ? 'empty' : node.text.trim() === '' ? 'blank' : 'filled';
}

/** Items of data by their kind, each with how many there are: what an item is called says nothing. Menus in full. */
function foldItems(list: PageNode): string {
  const items = likeItems(list);
  const kinds = new Map<string, number>();
  for (const child of list.children) {
    const kind = items.includes(child) ? shape(child) : fold(child);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, count]) => `${count > MANY ? 'many' : count}×${kind}`).join(' ');
}

/** What an item consists of, without the words. */
function shape(node: PageNode): string {
  if (node.role === 'text') return '';
  const { disabled, checked, expanded, selected, pressed } = node.states;
  const flags = [disabled, checked, expanded, selected, pressed].map((flag) =>
    flag === undefined ? '' : String(flag),
  );
  const inner = node.children.map(shape).filter((part) => part !== '');
  // Parts that repeat inside an item, such as the rows of a row group, are counted like items.
  const parts = new Map<string, number>();
  for (const part of inner) parts.set(part, (parts.get(part) ?? 0) + 1);
  const folded = [...parts].map(([part, count]) => `${count > MANY ? 'many' : count}${part}`).join(' ');
  // A block with a text of its own counts: a menu that is open inside an item makes another state.
  if (node.role === 'generic' && flags.join('') === '') return node.text === '' ? folded : `text${folded}`;
  return `${node.role}${flags.join('') === '' ? '' : `{${flags.join(',')}}`}(${folded})`;
}

function templateNumbers(text: string): string {
  return templateText(text)
    .replace(/[-−–]\s?(?=[$€£¥]?\s?\d)/g, '-')
    .replace(/\d[\d.,]*/g, '#');
}
