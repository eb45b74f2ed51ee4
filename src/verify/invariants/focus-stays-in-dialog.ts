import type { PageNode } from '../model/page-model.ts';
import { walkNodes } from '../model/page-model.ts';
import type { Invariant } from './invariant.ts';
import { dialogsOf, hasFocusInside, looksModal } from './same-page.ts';

/** Tab does not lead out of an open modal dialog to what lies under it. */
export const focusStaysInDialog: Invariant = {
  name: 'focus-stays-in-dialog',
  check: ({ before, step, after }) => {
    if (before === undefined || step === undefined || !('press' in step)) return [];
    if (!/^(?:Shift\+)?Tab$/.test(step.press)) return [];
    const dialog = dialogsOf(before).at(-1);
    const later = dialogsOf(after).at(-1);
    if (
      dialog === undefined ||
      later === undefined ||
      later.role !== dialog.role ||
      later.name !== dialog.name
    )
      return [];
    if (!looksModal(before, dialog) || !hasFocusInside(before, dialog)) return [];
    // Without a focus it is at the browser's own controls, where a native dialog lets it go.
    const { focus } = after;
    if (
      focus === undefined ||
      focus.role === '' ||
      hasFocusInside(after, later) ||
      !isOutside(after.nodes, later, focus)
    )
      return [];
    const where = `${focus.role}${focus.name === '' ? '' : ` “${focus.name}”`}`;
    return [
      {
        key: `focus-stays-in-dialog|${dialog.name}`,
        what: `${step.press} leads out of the open dialog${dialog.name === '' ? '' : ` “${dialog.name}”`} to the ${where} under it`,
        severity: 'medium',
        category: 'accessibility',
        expected: 'the focus stays in the dialog',
        actual: `the focus is on the ${where}`,
        node: later,
      },
    ];
  },
};

/** Whether the focus is on something that is known to stand outside: lists of a field may be drawn elsewhere. */
function isOutside(
  nodes: readonly PageNode[],
  dialog: PageNode,
  focus: { readonly role: string; readonly name: string },
): boolean {
  const inside = new Set(walkNodes([dialog]));
  return [...walkNodes(nodes)].some(
    (node) =>
      !inside.has(node) &&
      node.role === focus.role &&
      node.name === focus.name &&
      [
        'button',
        'link',
        'textbox',
        'searchbox',
        'checkbox',
        'combobox',
        'radio',
        'spinbutton',
        'tab',
      ].includes(node.role),
  );
}
