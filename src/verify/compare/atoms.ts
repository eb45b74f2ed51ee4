import type { PageModel, PageNode } from '../model/page-model.ts';
import { foldSpace } from '../model/template-text.ts';
import type { Atom, AtomKind } from './atom.ts';
import { groupItems } from './group-items.ts';

const PRESS = new Set(['button', 'link', 'menuitem', 'tab', 'treeitem']);
const FIELD = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider']);
const TOGGLE = new Set(['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio']);
const IMAGE = new Set(['img', 'image', 'figure']);
const INLINE = new Set([
  'text',
  'strong',
  'emphasis',
  'code',
  'mark',
  'subscript',
  'superscript',
  'insertion',
  'deletion',
  'time',
]);
/** Their name is the text that they show, also where the tree does not repeat it below them. */
const NAMED_BY_TEXT = new Set([
  'heading',
  'cell',
  'gridcell',
  'columnheader',
  'rowheader',
  'caption',
  'legend',
  'term',
  'definition',
  'listitem',
  'paragraph',
  'option',
  'tooltip',
]);

const known = new WeakMap<PageModel, readonly Atom[]>();
/** More than a person can read; the rest of an endless page is not compared. */
const MAX_ATOMS = 4_000;

/** Reads a page as its atoms in document order. The same model gives the same list. */
export function readAtoms(model: PageModel): readonly Atom[] {
  const before = known.get(model);
  if (before !== undefined) return before;
  const reader: Reader = { atoms: [], spans: new Map(), words: '', section: '' };
  visitAll(model.nodes, {}, reader);
  groupItems(model.nodes, reader.atoms, reader.spans);
  const atoms = reader.atoms;
  known.set(model, atoms);
  return atoms;
}

interface Reader {
  readonly atoms: Atom[];
  readonly spans: Map<PageNode, readonly [number, number]>;
  /** The last words seen, and the last heading. */
  words: string;
  section: string;
}

interface Place {
  readonly live?: 'alert' | 'status';
  readonly dialog?: string;
}

function visitAll(nodes: readonly PageNode[], place: Place, reader: Reader): void {
  let run: PageNode[] = [];
  const endRun = (): void => {
    const [first] = run;
    if (first !== undefined) add(reader, place, 'words', first, joinText(run));
    run = [];
  };
  for (const node of nodes) {
    if (reader.atoms.length >= MAX_ATOMS) return;
    if (isInline(node)) {
      run.push(node);
      continue;
    }
    endRun();
    const start = reader.atoms.length;
    visit(node, place, reader);
    reader.spans.set(node, [start, reader.atoms.length]);
  }
  endRun();
}

function visit(node: PageNode, outer: Place, reader: Reader): void {
  const place = placeIn(node, outer);
  const { role } = node;
  if (PRESS.has(role) || TOGGLE.has(role)) {
    const kind = PRESS.has(role) ? 'press' : 'toggle';
    add(reader, place, kind, node, node.name || joinText([node]));
    visitAll(node.children.filter(holdsControl), place, reader);
  } else if (FIELD.has(role)) {
    addField(node, place, reader);
  } else if (IMAGE.has(role)) {
    if (node.name !== '') add(reader, place, 'image', node, node.name);
    visitAll(node.children, place, reader);
  } else if (role === 'option') {
    add(reader, place, 'option', node, node.name || joinText([node]));
  } else if (node.children.length === 0 || role === 'heading') {
    const text = node.text || (NAMED_BY_TEXT.has(role) ? node.name : '') || joinText([node]);
    add(reader, place, isPressable(node) ? 'press' : 'words', node, text);
    visitAll(node.children.filter(holdsControl), place, reader);
  } else {
    if (node.text !== '') add(reader, place, 'words', node, node.text);
    visitAll(node.children, place, reader);
  }
}

function addField(node: PageNode, place: Place, reader: Reader): void {
  const options = node.children.filter(({ role }) => role === 'option');
  const chosen = options.filter(({ states }) => states.selected === true).map(({ name }) => name);
  const value = node.text || chosen.join(', ');
  const name = node.name || node.placeholder || node.field?.hint || node.field?.type || '';
  const start = reader.atoms.length;
  add(reader, place, 'field', node, name, value);
  for (const option of options) add(reader, place, 'option', option, option.name || option.text);
  reader.spans.set(node, [start, reader.atoms.length]);
}

function add(
  reader: Reader,
  place: Place,
  kind: AtomKind,
  node: PageNode,
  text: string,
  value?: string,
): void {
  const folded = foldSpace(text);
  if (folded === '' && (kind === 'words' || kind === 'image' || kind === 'option')) return;
  reader.atoms.push({
    kind,
    role: node.role,
    text: folded,
    ...(value === undefined ? {} : { value: foldSpace(value) }),
    node,
    ...place,
    before: reader.words,
    section: reader.section,
  });
  if (kind === 'words' && /\p{L}/u.test(folded)) reader.words = folded.slice(0, 80);
  if (node.role === 'heading') reader.section = folded.slice(0, 80);
}

function placeIn(node: PageNode, outer: Place): Place {
  if (node.role === 'alert') return { ...outer, live: 'alert' };
  if (node.role === 'status' || node.role === 'log') return { ...outer, live: outer.live ?? 'status' };
  if (node.role === 'dialog' || node.role === 'alertdialog') return { ...outer, dialog: node.name };
  return outer;
}

/** Only words, perhaps emphasised: it reads on from what stands before it. */
function isInline(node: PageNode): boolean {
  return INLINE.has(node.role) && !node.isClickable && node.children.every(isInline);
}

/** A block that is no control to the tree but shows a hand. */
function isPressable(node: PageNode): boolean {
  return node.isClickable && !NAMED_BY_TEXT.has(node.role) && node.role !== 'text';
}

function holdsControl(node: PageNode): boolean {
  return (
    PRESS.has(node.role) || FIELD.has(node.role) || TOGGLE.has(node.role) || node.children.some(holdsControl)
  );
}

/** Everything that nodes show, as one text. */
export function joinText(nodes: readonly PageNode[]): string {
  return nodes
    .map((node) => {
      const inner = node.children.length > 0 ? joinText(node.children) : '';
      return [node.text, inner || (node.text === '' ? node.name : '')]
        .filter((part) => part !== '')
        .join(' ');
    })
    .join(' ');
}
