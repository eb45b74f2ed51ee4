import type { PageNode } from '../model/page-model.ts';
import { foldSpace } from '../model/template-text.ts';
import type { Atom, Item, Spans } from './atom.ts';
import { foldNumbers } from './text-facts.ts';

const ITEMS = new Set(['listitem', 'row', 'article', 'treeitem', 'option', 'menuitem']);
const BLOCKS = new Set(['generic', 'group', 'region', 'paragraph', 'section']);

/** Tells every atom which entry of which list it stands in; the innermost counts. */
export function groupItems(nodes: readonly PageNode[], atoms: readonly Atom[], spans: Spans): void {
  const count = { lists: 0 };
  groupBelow(nodes, { name: '' }, { atoms, spans, count });
}

interface Work {
  readonly atoms: readonly Atom[];
  readonly spans: Spans;
  readonly count: { lists: number };
}

function groupBelow(
  nodes: readonly PageNode[],
  parent: { readonly name: string; readonly role?: string },
  work: Work,
): void {
  for (const node of nodes) groupBelow(node.children, node, work);
  // The rows of a table are one list, in however many groups they stand.
  if (parent.role === 'rowgroup') return;
  const entries = findEntries(
    nodes.flatMap((node) => (node.role === 'rowgroup' ? node.children : [node])),
    work,
  );
  if (entries.length === 0) return;
  const listIndex = work.count.lists;
  work.count.lists += 1;
  const columns = readColumns(entries, work);
  const rows = entries.filter((entry) => entry !== columns?.node);
  const first = atomsOf(rows[0] ?? entries[0], work)[0];
  const list = foldSpace(parent.name || columns?.name || first?.section || foldNumbers(first?.before ?? ''));
  rows.forEach((node, position) => {
    const inside = atomsOf(node, work);
    const item: Item = {
      owner: ownerOf(inside),
      name: mainText(inside),
      list,
      listIndex,
      isRecord: columns !== undefined || isRecord(inside),
      size: inside.length,
      position,
      node,
    };
    for (const atom of inside) atom.item ??= item;
  });
}

/** Entries by their role, or else blocks of the same make, at least two of them. */
function findEntries(nodes: readonly PageNode[], work: Work): readonly PageNode[] {
  const entries = nodes.filter((node) => ITEMS.has(node.role) && sizeOf(node, work) > 0);
  if (entries.length > 0) return entries;
  const makes = new Map<string, PageNode[]>();
  for (const node of nodes) {
    if (!BLOCKS.has(node.role)) continue;
    if (sizeOf(node, work) < 2) continue;
    const inside = atomsOf(node, work);
    const make = [...new Set(inside.map(({ kind }) => kind))].sort().join();
    const alike = makes.get(make) ?? [];
    alike.push(node);
    makes.set(make, alike);
  }
  const [largest] = [...makes.values()].sort((a, b) => b.length - a.length);
  return largest === undefined || largest.length < 2 ? [] : largest;
}

function readColumns(
  entries: readonly PageNode[],
  work: Work,
): { readonly node: PageNode; readonly name: string } | undefined {
  const [first] = entries;
  if (first?.role !== 'row') return undefined;
  const isHeader = first.children.length > 0 && first.children.every(({ role }) => role === 'columnheader');
  if (!isHeader) return undefined;
  return {
    node: first,
    name: atomsOf(first, work)
      .map(({ text }) => text)
      .join(', '),
  };
}

function isRecord(inside: readonly Atom[]): boolean {
  const hasWords = inside.some(({ kind }) => kind === 'words');
  const hasMore = inside.some(({ kind, text }) => kind !== 'words' || /\d/.test(text));
  return hasWords && hasMore && inside.length > 1;
}

/** All words of an entry, or the names of its controls when it has none. */
function ownerOf(inside: readonly Atom[]): string {
  const words = inside.filter(({ kind }) => kind === 'words');
  return (words.length > 0 ? words : inside)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 300);
}

function mainText(inside: readonly Atom[]): string {
  const words = inside.find(({ kind, text }) => kind === 'words' && /\p{L}/u.test(text));
  const named = words ?? inside.find(({ role }) => role === 'link') ?? inside.find(({ text }) => text !== '');
  return named?.text ?? inside[0]?.value ?? '';
}

function sizeOf(node: PageNode, { spans }: Work): number {
  const span = spans.get(node);
  return span === undefined ? 0 : span[1] - span[0];
}

function atomsOf(node: PageNode | undefined, { atoms, spans }: Work): readonly Atom[] {
  const span = node === undefined ? undefined : spans.get(node);
  return span === undefined ? [] : atoms.slice(span[0], span[1]);
}
