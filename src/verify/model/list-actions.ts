import type { Step } from '../../domain/flow.ts';
import { fieldValues } from './field-values.ts';
import { fillForm, findForms } from './forms.ts';
import { describeGroups, type NodePlace } from './groups.ts';
import { type PageModel, type PageNode, walkDocument } from './page-model.ts';
import { indexTargets, type RoleTarget } from './targets.ts';

/** One thing that a person could do in a state. */
export interface Action {
  /** One step, or a few that belong together, such as filling a form and sending it. */
  readonly steps: readonly Step[];
  /** Equal for the same action in another state, on another item of the same list, with another value of its class. */
  readonly key: string;
  /** A value that hardly anyone would type, to see whether it is dealt with. */
  readonly isOdd: boolean;
  readonly kind: 'click' | 'type' | 'submit' | 'select' | 'key' | 'double' | 'hover' | 'history';
}

export interface ActionOptions {
  /** Whether a link or a button must not be touched. */
  readonly isForbidden: (node: PageNode) => boolean;
  /** Words seen in the product that might be typed, such as codes. */
  readonly vocabulary: readonly string[];
}

const CLICKABLE = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'treeitem',
]);
const TYPED = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider']);
/** Controls that may send something: pressed twice in a row, they must not send it twice. */
const SENDS =
  /^\W*(?:add|save|submit|send|create|place|pay|order|buy|confirm|apply|book|post|sign up|register)\b/i;
const DIALOGS = new Set(['dialog', 'alertdialog']);

/** Everything that can be tried in this state, in document order; then the keys and the history. */
export function listActions(model: PageModel, options: ActionOptions): readonly Action[] {
  const targets = indexTargets(model);
  const places = describeGroups(model);
  const actions: Action[] = [];
  for (const node of walkDocument(model.nodes)) {
    const place = places.get(node);
    if (place === undefined || node.states.disabled === true || options.isForbidden(node)) continue;
    const target = targets.get(node);
    if (target === undefined) {
      const byText = clickByText(node, place);
      actions.push(...(byText === undefined ? onItem(place) : [byText]));
    } else if (TYPED.has(node.role)) actions.push(...typing({ node, target, place }, options));
    else if (CLICKABLE.has(node.role) || (node.isClickable && !place.isInsideClickable)) {
      actions.push(...clicking({ node, target, place }));
    } else if (place.itemText !== undefined) actions.push(...onItem(place));
  }
  for (const form of findForms(model)) {
    const steps = options.isForbidden(form.button) ? undefined : fillForm(form, targets, options.vocabulary);
    const names = form.fields.map((field) => field.name).join(',');
    if (steps !== undefined) {
      actions.push({ steps, key: `form|${names}|${form.button.name}`, kind: 'submit', isOdd: false });
    }
  }
  return firstOfEach([...actions, ...keysAndHistory(model)]);
}

/** Of several with one key the first, and of clicks the last as well: what is between is tried no otherwise. */
function firstOfEach(actions: readonly Action[]): readonly Action[] {
  const byKey = new Map<string, Action>();
  for (const action of actions) {
    if (!byKey.has(action.key)) byKey.set(action.key, action);
    else if (action.kind === 'click')
      byKey.set(`${action.key}|last`, { ...action, key: `${action.key}|last` });
  }
  return [...byKey.values()];
}

interface Found {
  readonly node: PageNode;
  readonly target: RoleTarget;
  readonly place: NodePlace;
}

function clicking({ node, target, place }: Found): readonly Action[] {
  // An option of a native list is chosen through its list.
  if (node.role === 'option' && node.ref === undefined) return [];
  const key = `${node.role}|${place.nameKey}|${place.group}`;
  const click: Action = { steps: [{ click: target }], key: `click|${key}`, kind: 'click', isOdd: false };
  if (node.role !== 'button' || !SENDS.test(node.name)) return [click];
  return [click, { steps: [{ doubleClick: target }], key: `double|${key}`, kind: 'double', isOdd: false }];
}

/** A thing that looks clickable without a role is addressed by its own text. */
function clickByText(node: PageNode, place: NodePlace): Action | undefined {
  if (!node.isClickable || place.isInsideClickable || node.role !== 'generic') return undefined;
  if (node.text === '' || node.text.length > 60) return undefined;
  return {
    steps: [{ click: { name: node.text } }],
    key: `click|text|${place.nameKey}|${place.group}`,
    kind: 'click',
    isOdd: false,
  };
}

function typing({ node, target, place }: Found, { vocabulary }: ActionOptions): readonly Action[] {
  const { field } = node;
  if (field?.isReadOnly === true || field?.type === 'file' || field?.type === 'password') return [];
  const key = `${node.role}|${place.nameKey}|${place.group}`;
  if (field?.options !== undefined) {
    const current = node.text === '' ? selectedOption(node) : node.text;
    return field.options
      .filter((option) => option !== '' && option !== current)
      .slice(0, 6)
      .map((option) => ({
        steps: [{ select: { field: target, option } }],
        key: `select|${key}|${option}`,
        kind: 'select' as const,
        isOdd: false,
      }));
  }
  // A combobox without a field behind it is a button that opens a list.
  if (node.role === 'combobox' && field === undefined) return clicking({ node, target, place });
  return fieldValues(node, vocabulary).flatMap(({ name, value, sendsWell, isOdd }) => {
    const fill: Step = { fill: { field: target, value } };
    const typed: Action = { steps: [fill], key: `type|${key}|${name}`, kind: 'type', isOdd };
    if (!sendsWell || field?.type === 'textarea') return [typed];
    return [
      typed,
      { steps: [fill, { press: 'Enter' }], key: `enter|${key}|${name}`, kind: 'submit' as const, isOdd },
    ];
  });
}

function selectedOption(node: PageNode): string | undefined {
  return node.children.find((child) => child.states.selected === true)?.name;
}

/** Items of a list may hide their controls until they are pointed at, or open by a double click. */
function onItem(place: NodePlace): readonly Action[] {
  const text = place.itemText;
  if (text === undefined) return [];
  return [
    {
      steps: [{ doubleClick: { name: text } }],
      key: `double|item|${place.group}`,
      kind: 'double',
      isOdd: false,
    },
    { steps: [{ hover: { name: text } }], key: `hover|item|${place.group}`, kind: 'hover', isOdd: false },
  ];
}

function keysAndHistory(model: PageModel): readonly Action[] {
  const isTyping = model.focus !== undefined && TYPED.has(model.focus.role);
  const hasDialog = [...walkDocument(model.nodes)].some((node) => DIALOGS.has(node.role));
  const keys = [...(hasDialog || isTyping ? ['Escape'] : []), ...(isTyping ? ['Tab', 'Enter'] : [])];
  return [
    ...keys.map((press) => ({
      steps: [{ press }],
      key: `press|${press}|${model.focus?.role ?? ''}|${hasDialog ? 'dialog' : ''}`,
      kind: 'key' as const,
      isOdd: false,
    })),
    ...(['reload', 'back', 'new tab', 'forward'] as const).map((go) => ({
      steps: [{ go }],
      key: `go|${go}`,
      kind: 'history' as const,
      isOdd: false,
    })),
  ];
}
