/** A file, symbolic link or submodule of a commit's tree. */
export interface SourceEntry {
  readonly path: string;
  /** As git writes it, such as 100644. */
  readonly mode: string;
  /** Full name of the blob; of a commit, for a submodule. */
  readonly object: string;
  readonly bytes: number;
}

/** Objects of one repository, one by one: for a server that offers no git. What it returns was written by others. */
export interface ObjectSource {
  /** The best common ancestor of two commits. Throws `UserError` when they have none or one is unknown. */
  mergeBase(base: string, head: string, signal: AbortSignal): Promise<string>;
  /** Every entry that is no folder, in any order. Throws `UserError` when the server does not list them all. */
  listTree(commit: string, signal: AbortSignal): Promise<readonly SourceEntry[]>;
  readBlob(object: string, signal: AbortSignal): Promise<Uint8Array>;
}
