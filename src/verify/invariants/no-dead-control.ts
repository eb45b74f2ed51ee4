import { findNode } from '../model/targets.ts';
import type { Invariant } from './invariant.ts';
import { hasFocusInside, isUnchanged } from './same-page.ts';

/** What these do cannot be seen in the document, or they need do nothing where all is well already. */
const UNSEEN =
  /\b(?:copy|print|theme|dark|light|mode|play|pause|mute|sound|share|zoom|full ?screen|refresh|reload|retry|clear|reset|save|apply|search|go|scroll|top|previous|prev|next|back|today|first|last|kopieren|drucken|teilen|aktualisieren|speichern|suchen|zurück|weiter|heute)\b|^\W*$/i;

/** A button does something: a click that changes nothing at all is lost. */
export const noDeadControl: Invariant = {
  name: 'no-dead-control',
  check: ({ before, step, after }) => {
    if (before === undefined || step === undefined || !('click' in step)) return [];
    const node = findNode(before, step.click);
    if (node === undefined || !(node.role === 'button' || node.role === 'menuitem')) return [];
    const { disabled, pressed, selected, expanded } = node.states;
    if (disabled === true || pressed === true || selected === true || expanded !== undefined) return [];
    if (UNSEEN.test(node.name) || !isUnchanged(before, after)) return [];
    // A form that is not complete keeps the browser from sending it, and leads to the field.
    const isFocusMoved =
      after.focus !== undefined && !hasFocusInside(after, node) && after.focus.name !== node.name;
    if (isFocusMoved) return [];
    return [
      {
        key: `no-dead-control|${node.role}|${node.name}`,
        what: `a click on the ${node.role} “${node.name}” does nothing`,
        severity: 'low',
        category: 'flow',
        expected: 'something happens',
        actual: 'nothing changes, nothing is sent',
        node,
        isDeltaOnly: true,
      },
    ];
  },
};
