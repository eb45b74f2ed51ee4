import type { PageFacts, RawClickable, RawField } from './read-facts.ts';
import type { FieldFacts, NodeBox, NodeStates, PageNode } from './reading-types.ts';

const MAX_NODES = 5_000;
const MAX_DEPTH = 60;
const MAX_TEXT = 2_000;
const HIDDEN_VALUE = '•••';

/** Roles that the accessible name of a node can come from its content for: Playwright leaves such names out. */
const NAMED_BY_CONTENT = new Set(
  `button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row
   rowheader switch tab tooltip treeitem`.split(/\s+/),
);

interface Reading {
  readonly facts: PageFacts;
  readonly handled: ReadonlySet<string>;
  left: number;
}

interface Place {
  readonly depth: number;
  readonly isInFrame: boolean;
  /** Hidden from the accessibility tree, though visible. */
  readonly isAriaHidden: boolean;
}

/** The refs of nodes whose names Playwright left out because their content says the same. */
export function namelessRefs(tree: unknown): readonly string[] {
  const refs: string[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (!isObject(node) || depth > MAX_DEPTH || refs.length >= MAX_NODES) return;
    const { role, name, ref, children } = node;
    if (name === undefined && typeof ref === 'string' && NAMED_BY_CONTENT.has(String(role))) refs.push(ref);
    if (Array.isArray(children)) for (const child of children) visit(child, depth + 1);
  };
  if (Array.isArray(tree)) for (const node of tree) visit(node, 0);
  return refs;
}

/**
 * Makes our nodes of Playwright's tree and the facts of the document. At most 5,000 nodes; what lies deeper than 60 is
 * dropped. What is in frames or hidden from the accessibility tree cannot be named in a step, so it has no ref.
 */
export function toPageNodes(tree: unknown, facts: PageFacts): readonly PageNode[] {
  const reading: Reading = { facts, handled: new Set(facts.handled), left: MAX_NODES };
  const nodes = readChildren(tree, reading, { depth: 0, isAriaHidden: false, isInFrame: false });
  return nodes.map((node, index) =>
    index === 0 && node.box === undefined ? { ...node, box: facts.page } : node,
  );
}

function readChildren(children: unknown, reading: Reading, place: Place): readonly PageNode[] {
  if (!Array.isArray(children) || place.depth > MAX_DEPTH) return [];
  return children.flatMap((child: unknown) => {
    if (reading.left <= 0) return [];
    reading.left -= 1;
    if (typeof child === 'string') return [textNode(child)];
    return isObject(child) ? [readNode(child, reading, place)] : [];
  });
}

function textNode(text: string): PageNode {
  return { role: 'text', name: '', text: cut(text), states: {}, isClickable: false, children: [] };
}

function readNode(node: Readonly<Record<string, unknown>>, reading: Reading, place: Place): PageNode {
  const { facts } = reading;
  const isAriaHidden = place.isAriaHidden || node['ariaHidden'] === true;
  const rawRef = textOf(node['ref']);
  const ref = !place.isInFrame && rawRef !== '' ? rawRef : undefined;
  const raw = ref === undefined ? undefined : facts.fields[ref];
  const isSecret =
    raw?.type === 'password' || (raw === undefined && node['role'] === 'textbox' && ref === undefined);
  const text = textOf(node['text']);
  const box = ref === undefined ? undefined : boxOf(facts, ref);
  const role = isAriaHidden ? 'generic' : textOf(node['role']) || 'generic';
  const isInFrame = place.isInFrame || node['role'] === 'iframe';
  const inside: Place = { depth: place.depth + 1, isAriaHidden, isInFrame };
  const extra = ref === undefined ? [] : facts.clickables.filter((one) => one.inside === ref);
  const [url, placeholder] = [node['url'], node['placeholder']];
  return {
    role,
    name: isAriaHidden ? '' : textOf(node['name']) || (ref === undefined ? '' : cut(facts.names[ref] ?? '')),
    text: isSecret && text !== '' ? HIDDEN_VALUE : text,
    states: readStates(node),
    ...(typeof url === 'string' ? { url: cut(url) } : {}),
    ...(typeof placeholder === 'string' ? { placeholder: cut(placeholder) } : {}),
    isClickable: node['cursor'] === 'pointer',
    ...(ref !== undefined && reading.handled.has(ref) ? { isHandled: true } : {}),
    ...(ref === undefined || isAriaHidden ? {} : { ref }),
    ...(box === undefined ? {} : { box }),
    ...(raw === undefined ? {} : { field: toField(raw) }),
    children: [...readChildren(node['children'], reading, inside), ...extra.map(clickableNode)],
  };
}

function clickableNode({ ref, text, box }: RawClickable): PageNode {
  return {
    role: 'generic',
    name: '',
    text,
    states: {},
    isClickable: true,
    ref,
    box: rounded(box),
    children: [],
  };
}

function readStates(node: Readonly<Record<string, unknown>>): NodeStates {
  const { checked, disabled, expanded, invalid, level, pressed, selected } = node;
  return {
    ...(checked === 'mixed' || typeof checked === 'boolean' ? { checked } : {}),
    ...(typeof disabled === 'boolean' ? { disabled } : {}),
    ...(typeof expanded === 'boolean' ? { expanded } : {}),
    ...(typeof invalid === 'boolean' || typeof invalid === 'string' ? { invalid } : {}),
    ...(typeof level === 'number' ? { level } : {}),
    ...(pressed === 'mixed' || typeof pressed === 'boolean' ? { pressed } : {}),
    ...(typeof selected === 'boolean' ? { selected } : {}),
  };
}

function toField(raw: RawField): FieldFacts {
  const { type, hint, min, max, maxLength, pattern, isRequired, isReadOnly, options } = raw;
  return {
    type,
    hint,
    ...(min === '' ? {} : { min }),
    ...(max === '' ? {} : { max }),
    ...(maxLength < 0 ? {} : { maxLength }),
    ...(pattern === '' ? {} : { pattern }),
    isRequired,
    isReadOnly,
    ...(type === 'select' ? { options } : {}),
  };
}

function boxOf({ boxes }: PageFacts, ref: string): NodeBox | undefined {
  const found = boxes[ref];
  if (found === undefined) return undefined;
  const [x, y, width, height] = found;
  return { x, y, width, height };
}

function rounded({ x, y, width, height }: NodeBox): NodeBox {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? cut(value) : '';
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
