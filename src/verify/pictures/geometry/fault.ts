import type { Severity } from '../../../domain/finding.ts';
import type { ElementBox } from '../../ports.ts';
import type { ElementPairs } from '../match-elements.ts';

/** Something about the place or size of an element that is wrong on the head, and was not on the base. */
export interface GeometryFault {
  /** Equal on other pages that show the same. */
  readonly key: string;
  readonly severity: Severity;
  readonly title: string;
  readonly expected: string;
  readonly actual: string;
  /** On the head. */
  readonly element: ElementBox;
  /** How many elements of the page show it. */
  readonly count: number;
}

/** The elements of one state on both sides. */
export interface PairedElements {
  readonly base: readonly ElementBox[];
  readonly head: readonly ElementBox[];
  readonly pairs: ElementPairs;
  readonly parents: {
    readonly base: ReadonlyMap<ElementBox, ElementBox>;
    readonly head: ReadonlyMap<ElementBox, ElementBox>;
  };
}

/** The elements around one, from the nearest. */
export function* ancestors(
  element: ElementBox,
  parents: ReadonlyMap<ElementBox, ElementBox>,
): Generator<ElementBox> {
  for (let one = parents.get(element); one !== undefined; one = parents.get(one)) yield one;
}

/** Not for the eye: helpers for screen readers of a pixel or two, and what is transparent. */
export function isUnseen({ width, height, styles }: ElementBox): boolean {
  return width <= 2 || height <= 2 || styles['opacity'] === '0' || styles['visibility'] === 'hidden';
}

/** Stays in its place while the page scrolls, or is laid over it on purpose. */
export function isFloating(element: ElementBox, parents: ReadonlyMap<ElementBox, ElementBox>): boolean {
  const floats = ({ styles, role, tag }: ElementBox): boolean =>
    /^(?:fixed|sticky)/.test(styles['position'] ?? '') ||
    /^(?:tooltip|dialog|alertdialog|menu|listbox|status|alert)$/.test(role) ||
    tag === 'dialog';
  return floats(element) || [...ancestors(element, parents)].some(floats);
}

/** One fault for many elements that show the same. */
export function together(faults: readonly GeometryFault[]): readonly GeometryFault[] {
  const byKey = new Map<string, GeometryFault>();
  for (const fault of faults) {
    const known = byKey.get(fault.key);
    byKey.set(fault.key, known === undefined ? fault : { ...known, count: known.count + 1 });
  }
  return [...byKey.values()];
}
