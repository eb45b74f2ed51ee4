import type { PageNode } from '../model/page-model.ts';

/**
 * What an atom is to a person, whatever element it is made of: something to press, a field, a switch, an option of a
 * field, words, a picture.
 */
export type AtomKind = 'press' | 'field' | 'toggle' | 'option' | 'words' | 'image';

/** One entry of a list or table, or one of several alike blocks. */
export interface Item {
  /** All its words: equal for the same entry on both sides. */
  readonly owner: string;
  /** What a person calls it: its first words. */
  readonly name: string;
  /** Names the list: its own name, its columns, or the words before it. */
  readonly list: string;
  /** Counts the lists of a page in document order; equal for the items of one list. */
  readonly listIndex: number;
  /** It holds data: it is one of a table with columns, or mixes words with controls or numbers. */
  readonly isRecord: boolean;
  /** How many atoms it holds. */
  readonly size: number;
  /** Position in its list. */
  readonly position: number;
  readonly node: PageNode;
}

/** The smallest thing that a person sees or uses, without the wrappers around it. */
export interface Atom {
  readonly kind: AtomKind;
  readonly role: string;
  /** The name of a control, or the words. */
  readonly text: string;
  /** What a field holds. */
  readonly value?: string;
  readonly node: PageNode;
  /** It stands in something that is announced. */
  readonly live?: 'alert' | 'status';
  /** Name of the dialog that it stands in; empty for a dialog without one. */
  readonly dialog?: string;
  /** The words before it, for what has none of its own. */
  readonly before: string;
  /** The heading that it stands below. */
  readonly section: string;
  item?: Item;
}

/** From which atom to which (not included) a node reaches. */
export type Spans = ReadonlyMap<PageNode, readonly [number, number]>;
