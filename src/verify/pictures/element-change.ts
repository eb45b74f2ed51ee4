import type { ElementBox } from '../ports.ts';
import type { ContrastChange } from './contrast.ts';
import type { Box } from './image.ts';

/** A property whose computed value differs. */
export interface StyleChange {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/** One thing that differs between the elements of two pages. */
export type ElementChange =
  | { readonly kind: 'added'; readonly head: ElementBox; readonly isRepeated: boolean }
  | { readonly kind: 'removed'; readonly base: ElementBox }
  | {
      readonly kind: 'restyled';
      readonly base: ElementBox;
      readonly head: ElementBox;
      readonly styles: readonly StyleChange[];
      /** The text of the element, or of one inside it, that became hardest to read. */
      readonly contrast?: ContrastChange;
    }
  | { readonly kind: 'text' | 'resized' | 'moved'; readonly base: ElementBox; readonly head: ElementBox };

/** Where the change shows: boxes on the base and on the head. */
export function boxesOf(change: ElementChange): { readonly base?: Box; readonly head?: Box } {
  if (change.kind === 'added') return { head: change.head };
  if (change.kind === 'removed') return { base: change.base };
  return { base: change.base, head: change.head };
}
