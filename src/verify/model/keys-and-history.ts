import type { Draft } from './action.ts';
import type { NodePlace } from './groups.ts';
import { type PageModel, type PageNode, walkDocument } from './page-model.ts';
import { templateText } from './template-text.ts';

/** Roles of what one types into. */
export const TYPED: ReadonlySet<string> = new Set([
  'textbox',
  'searchbox',
  'spinbutton',
  'combobox',
  'slider',
]);
/** What the arrow keys are meant for. */
const CHOOSES = new Set([
  'combobox',
  'searchbox',
  'listbox',
  'menu',
  'menuitem',
  'option',
  'tab',
  'treeitem',
  'grid',
]);
const CLOSABLE = new Set(['dialog', 'alertdialog', 'menu', 'listbox', 'tooltip']);

/** The keys that mean something where the focus is, and the ways through the history. */
export function keysAndHistory(
  { nodes, focus }: PageModel,
  places: ReadonlyMap<PageNode, NodePlace>,
): readonly Draft[] {
  const all = [...walkDocument(nodes)];
  const open = all.filter(isOpen).map(({ role, name }) => `${role} ${name}`);
  const focused = all.find(({ role, name }) => role === focus?.role && name === focus.name);
  const isTyping = focus !== undefined && TYPED.has(focus.role);
  const isChoosing =
    focused !== undefined && (CHOOSES.has(focused.role) || (isTyping && focused.states.expanded === true));
  const keys = [
    ...(open.length > 0 || isTyping ? ['Escape'] : []),
    ...(isTyping ? ['Tab', 'Enter'] : []),
    ...(isChoosing ? ['ArrowDown'] : []),
  ];
  const { nameKey = '', group = '' } = (focused === undefined ? undefined : places.get(focused)) ?? {};
  const what = `${focus?.role ?? ''}|${nameKey}|${templateText(open.join(','))}`;
  return [
    ...keys.map((press): Draft => ({ steps: [{ press }], kind: 'key', what: `${press}|${what}`, group })),
    ...(['reload', 'back', 'new tab', 'forward'] as const).map(
      (go): Draft => ({ steps: [{ go }], kind: 'history', what: go, group: '' }),
    ),
  ];
}

/** Something that people expect to close with Escape, or what opened it. */
function isOpen({ role, states }: PageNode): boolean {
  return CLOSABLE.has(role) || states.expanded === true;
}
