import type { PageNode } from './page-model.ts';

/** What has to be ticked before a form is sent: terms that are agreed to. */
const AGREES =
  /\b(?:agree|accept|terms|conditions|consent|understand|confirm that|zustimm|akzeptier|einverstanden)/i;

/**
 * What a person presses in a form before sending it: of several of which one is to be chosen the first, boxes without which
 * it is refused, and the first box of a form of nothing but boxes. Nothing where the choice is made already.
 */
export function choicesToMake(nodes: readonly PageNode[]): readonly PageNode[] {
  const usable = nodes.filter(({ states }) => states.disabled !== true);
  const groups = Map.groupBy(
    usable.filter(({ role }) => role === 'radio'),
    ({ field }) => field?.hint.split(' ')[0] ?? '',
  );
  const radios = [...groups.values()].flatMap((group) =>
    group.some(({ states }) => states.checked === true) ? [] : group.slice(0, 1),
  );
  const boxes = usable.filter(({ role }) => role === 'checkbox');
  const needed = boxes.filter(
    ({ name, field, states }) => states.checked !== true && (field?.isRequired === true || AGREES.test(name)),
  );
  const isOnlyBoxes =
    groups.size === 0 && !nodes.some(({ role }) => /^(?:textbox|spinbutton|combobox)$/.test(role));
  const first = isOnlyBoxes && !boxes.some(({ states }) => states.checked === true) ? boxes.slice(0, 1) : [];
  return [...new Set([...radios, ...needed, ...first])];
}
