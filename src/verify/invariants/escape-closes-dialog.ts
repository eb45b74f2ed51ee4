import type { Invariant } from './invariant.ts';
import { dialogsOf, hasFocusInside, isUnchanged, looksModal } from './same-page.ts';

/** Escape closes the dialog that holds the focus. */
export const escapeClosesDialog: Invariant = {
  name: 'escape-closes-dialog',
  check: ({ before, step, after }) => {
    if (before === undefined || step === undefined || !('press' in step) || step.press !== 'Escape')
      return [];
    const dialog = dialogsOf(before).at(-1);
    // A warning may insist on an answer.
    if (dialog === undefined || dialog.role === 'alertdialog') return [];
    if (!looksModal(before, dialog) || !hasFocusInside(before, dialog)) return [];
    // Escape may have closed a list or a hint inside of it first: something happened then.
    if (!isUnchanged(before, after)) return [];
    const name = dialog.name === '' ? 'the dialog' : `the dialog “${dialog.name}”`;
    return [
      {
        key: `escape-closes-dialog|${dialog.name}`,
        what: `Escape does not close ${name}`,
        severity: 'low',
        category: 'accessibility',
        expected: 'the dialog is closed',
        actual: 'the dialog stays open',
        node: dialog,
        expect: { hidden: { role: dialog.role, ...(dialog.name === '' ? {} : { name: dialog.name }) } },
        // Some products mean it so.
        isDeltaOnly: true,
      },
    ];
  },
};
