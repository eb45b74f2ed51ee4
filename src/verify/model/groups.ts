import { type PageModel, type PageNode, takesClicks, walkNodes } from './page-model.ts';

/** Where a node stands, as far as it matters for what one could do with it. */
export interface NodePlace {
  /**
   * Roles (and names of regions) that lead to it, with the place in a list of like items as first, middle or last, and in
   * a list of properties as what the property is called.
   */
  readonly group: string;
  /** Its name, or `*` where the name is that of an item among like items. */
  readonly nameKey: string;
  readonly isInsideClickable: boolean;
  /** It is one of several choices for a property: what it is called. */
  readonly choice?: string;
  /** The text by which an item of a list can be pointed at; absent for everything else. */
  readonly itemText?: string;
}

/** A text that is nothing but one or two signs. */
export const SIGN = /^[^\p{L}\p{N}\s]{1,2}$/u;
const ITEMS = new Set(['listitem', 'row', 'article', 'option', 'treeitem', 'gridcell']);
const LANDMARKS = new Set([
  'navigation',
  'main',
  'banner',
  'contentinfo',
  'complementary',
  'region',
  'form',
  'search',
  'dialog',
  'alertdialog',
  'tabpanel',
  'group',
]);
const ACTIONABLE =
  /^(?:button|link|checkbox|radio|switch|tab|menuitem.*|textbox|searchbox|spinbutton|combobox|slider)$/;
const SAYING = new Set(['link', 'heading', 'img', 'cell', 'rowheader', 'gridcell']);
const BLOCKS = new Set(['generic', 'link', 'group']);
/** Fewer blocks that are built alike are parts of a page rather than a list. */
const MIN_BLOCKS = 4;
/** Longer texts say more than what a property is called. */
const MAX_PROPERTY = 30;
/** A list of more items than this is a list of data, even when each item is a mere link. */
const MAX_MENU = 9;

const MIN_SUBJECT = 4;
const MAX_SUBJECT = 60;
/** What stands on every page says its own name there too. */
const OUTSIDE = /^\/(?:banner|navigation|contentinfo):/;

/** Finds the place of every node of a page. */
export function describeGroups(model: PageModel): ReadonlyMap<PageNode, NodePlace> {
  const places = new Map<PageNode, NodePlace>();
  const subject = subjectOf(model);
  for (const node of model.nodes) visit(node, { group: '', isInsideClickable: false, subject }, places);
  return places;
}

/** What the page is about, such as the name of a product: controls that name it are the same on every page of its kind. */
function subjectOf({ nodes }: PageModel): string {
  const all = [...walkNodes(nodes)];
  const main = all.find(({ role }) => role === 'main');
  const heading = (main === undefined ? all : [...walkNodes([main])]).find(({ role }) => role === 'heading');
  const said = heading?.name ?? '';
  return said.length < MIN_SUBJECT || said.length > MAX_SUBJECT ? '' : said;
}

function withoutSubject(name: string, { subject, group }: Surroundings): string {
  return subject === '' || OUTSIDE.test(group) ? name : name.replaceAll(subject, '*');
}

interface Surroundings {
  readonly group: string;
  /** As `subjectOf` finds it. */
  readonly subject: string;
  /** Inside an item among like items: the names that several items have; every other name is data. */
  readonly itemNames?: ReadonlySet<string>;
  /** Something can be done with items of that list. */
  readonly isUsed?: boolean;
  /** Words of what that item says of itself. */
  readonly itemWords?: ReadonlySet<string>;
  readonly isInsideClickable: boolean;
  /** A row that is a property, what it shows as its value, and what is deeper inside, such as choices that opened. */
  readonly property?: 'row' | 'value' | 'inside';
}

function visit(node: PageNode, around: Surroundings, places: Map<PageNode, NodePlace>): void {
  const { itemNames, property } = around;
  const itemText = itemNames === undefined || around.isUsed !== true ? undefined : pointableText(node);
  const nameKey = foldNumbers(
    itemNames === undefined || itemNames.has(nameOf(node))
      ? withoutSubject(nameOf(node), around)
      : withoutItem(node, around.itemWords),
  );
  places.set(node, {
    group: around.group,
    nameKey: property === 'value' ? '*' : nameKey,
    ...(property === 'inside' && !SIGN.test(node.text) ? { choice: nameKey } : {}),
    isInsideClickable: around.isInsideClickable,
    ...(itemText === undefined ? {} : { itemText }),
  });
  const inner: Surroundings = {
    ...around,
    group: LANDMARKS.has(node.role)
      ? `${around.group}/${node.role}:${itemNames === undefined ? node.name : ''}`
      : around.group,
    isInsideClickable:
      around.isInsideClickable ||
      (node.isClickable && node.role !== 'generic') ||
      node.role === 'button' ||
      node.role === 'link',
  };
  const items = likeItems(node);
  const names = repeatedNames(items);
  const properties = propertyNames(items);
  // Items of mere text are there to be read.
  const isUsed = items.some((item) => [...walkNodes([item])].some(isUsable));
  for (const child of node.children) {
    const index = items.indexOf(child);
    const name = properties?.[index];
    if (index === -1) visit(child, withProperty(inner, node, child), places);
    else if (name !== undefined) {
      // What opens in a property has names of its own, unlike what each item of a list repeats.
      const { itemNames: _names, itemWords: _words, ...own } = inner;
      visit(child, { ...own, group: `${inner.group}/${child.role}=${name}`, property: 'row' }, places);
    } else {
      const position = index === 0 ? 'first' : index === items.length - 1 ? 'last' : 'middle';
      const group = `${inner.group}/${child.role}:${position}`;
      const item = { ...inner, group, itemNames: names, itemWords: wordsOf(child), isUsed };
      visit(child, item, places);
    }
  }
}

/** The value of a property is the last part of its row, or the first that this part holds. */
function withProperty(inner: Surroundings, node: PageNode, child: PageNode): Surroundings {
  const { property } = inner;
  if (property === undefined || property === 'inside') return inner;
  const isValue =
    property === 'row' ? child !== node.children[0] : node.text === '' && child === node.children[0];
  return { ...inner, property: isValue ? 'value' : 'inside' };
}

/** Words for what can be done with any item: such a name is not the item's own. */
const ITEM_CONTROL =
  /^\W*(?:add|remove|delete|edit|rename|open|close|view|details?|more|select|toggle|done|undo|complete|archive|save|cancel|increase|decrease|plus|minus|up|down|move|star|like|favou?rite|pin|mark|resolve|assign|reply|book|buy|\+|[-−×✕xX])\b|^\W{1,2}$/i;

/** A link such as “Done 2” is the same when three are done. */
function foldNumbers(name: string): string {
  return name.replace(/\d[\d.,]*/g, '#');
}

/** What is done to the item, without which item it is; `*` when the name says nothing of the kind. */
function withoutItem(node: PageNode, itemWords: ReadonlySet<string> = new Set()): string {
  const name = nameOf(node);
  const words = name.split(/\s+/);
  const others = words.filter((word) => !itemWords.has(foldWord(word)));
  if (node.role !== 'link' && others.length > 0 && others.length < words.length)
    return others.join(' ').toLowerCase();
  return ITEM_CONTROL.exec(name)?.[0].trim().toLowerCase() ?? '*';
}

/** Words of what an item says: its texts, headings, links and pictures, not what its controls are called. */
function wordsOf(item: PageNode): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { role, name, text } of walkNodes([item])) {
    const said = SAYING.has(role) ? `${name} ${text}` : text;
    for (const word of said.split(/\s+/)) if (word !== '') words.add(foldWord(word));
  }
  return words;
}

function foldWord(word: string): string {
  return word.toLowerCase().replace(/^\P{L}+|\P{L}+$/gu, '');
}

/** What the items say that they are, where each is a property such as “Due” and its value; undefined for other items. */
function propertyNames(items: readonly PageNode[]): readonly string[] | undefined {
  // What has opened in one of them may be beside its value.
  if (items.filter(({ children }) => children.length > 2).length > 1) return undefined;
  const names = items.map((item) => {
    const [name, value] = item.children;
    if (takesClicks(item)) return undefined;
    if (name === undefined || value === undefined || isUsable(name) || isCommand(value)) return undefined;
    const said = name.text === '' ? name.name : name.text;
    return name.children.length === 0 && said.length <= MAX_PROPERTY
      ? foldWord(said).replace(/[/:]/g, ' ')
      : undefined;
  });
  const isSure =
    names.every((name) => name !== undefined && name !== '') && new Set(names).size === names.length;
  return isSure ? names.filter((name) => name !== undefined) : undefined;
}

/** A button beside a name is what can be done to it, unless it opens choices. */
function isCommand({ role, states }: PageNode): boolean {
  return /^(?:button|link)$/.test(role) && states.expanded === undefined;
}

function isUsable(node: PageNode): boolean {
  return takesClicks(node) || ACTIONABLE.test(node.role);
}

/** Names that occur in more than one item. */
function repeatedNames(items: readonly PageNode[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const item of items) {
    const names = new Set([...walkNodes(item.children)].map(nameOf));
    for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  }
  return repeated;
}

/** What a person would call it: a block without a name by what it says itself. */
export function nameOf({ role, name, text }: PageNode): string {
  return name === '' && role === 'generic' ? text : name;
}

/** The children of a node that are items of one kind of data; none for menus. */
export function likeItems(node: PageNode): readonly PageNode[] {
  const items = node.children.filter((child) => ITEMS.has(child.role));
  if (items.length === 0) return likeBlocks(node);
  const isMenu = items.length <= MAX_MENU && items.every(isMenuItem);
  return isMenu ? [] : items;
}

/** How many items of more than one part the lists of a page hold in its main part. */
export function countItems({ nodes }: Pick<PageModel, 'nodes'>): number {
  const all = [...walkNodes(nodes)];
  const main = all.find(({ role }) => role === 'main');
  let count = 0;
  for (const node of main === undefined ? all : walkNodes([main]))
    count += likeItems(node).filter(({ children }) => children.length > 1).length;
  return count;
}

/** Blocks without a role that are built alike, such as the cards of a board, or the many choices of an opened list. */
function likeBlocks({ children }: PageNode): readonly PageNode[] {
  const choices = children.filter((child) => child.children.length === 0 && isUsable(child));
  if (choices.length > MAX_MENU && choices.every(({ role }) => role === 'generic')) return choices;
  const byShape = new Map<string, PageNode[]>();
  for (const child of children) {
    if (!BLOCKS.has(child.role) || child.children.length < 2) continue;
    const shape = `${child.role}|${child.isClickable}|${child.children.map(({ role }) => role).join()}`;
    byShape.set(shape, [...(byShape.get(shape) ?? []), child]);
  }
  const largest = [...byShape.values()].reduce((most, one) => (one.length > most.length ? one : most), []);
  return largest.length < MIN_BLOCKS ? [] : largest;
}

/** An item that is nothing but one control, such as a link of a navigation or a filter. */
function isMenuItem(item: PageNode): boolean {
  const controls = [...walkNodes(item.children)].filter((node) => ACTIONABLE.test(node.role));
  const [only] = controls;
  if (controls.length !== 1 || only === undefined || item.text !== '') return false;
  return (only.role === 'link' || only.role === 'button' || only.role === 'tab') && !hasLooseText(item);
}

function hasLooseText(item: PageNode): boolean {
  return item.children.some(
    (child) =>
      child.role === 'text' || (!ACTIONABLE.test(child.role) && (child.text !== '' || hasLooseText(child))),
  );
}

/** A text of one's own that a person could point at: of an item or of what it consists of. */
function pointableText(node: PageNode): string | undefined {
  if (ACTIONABLE.test(node.role) || node.text === '' || node.text.length > 80) return undefined;
  return node.text;
}
