/** For each row of the head: the row of the base that it is paired with, or -1 where the head inserted it. */
export type RowPairs = Int32Array;

/** Two columns of rows, each row known by its hash. */
export interface Alignable {
  readonly base: Int32Array;
  readonly head: Int32Array;
  /** How much of a row of the base and of one of the head looks different; 0 for equal ones. */
  readonly distance: (base: number, head: number) => number;
}
