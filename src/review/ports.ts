import type { ReviewCategory } from '../domain/finding.ts';

/** One file of a commit's tree. Symbolic links and submodules are listed as what they are, never followed. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly bytes: number;
}

/** Read-only git objects of one repository: no checkout, no hooks, no filters. */
export interface GitObjects {
  /** The best common ancestor of two commits. Throws `UserError` when they have none or one is unknown. */
  mergeBase(base: string, head: string, signal: AbortSignal): Promise<string>;
  /** The unified diff from `base` to `head` with three lines of context and renames found, as git prints it. */
  diff(base: string, head: string, signal: AbortSignal): Promise<string>;
  /** Every entry of the commit's tree, in git's order. */
  listTree(commit: string, signal: AbortSignal): Promise<readonly TreeEntry[]>;
  /** The files' bytes by path; a path that the commit does not have, or that is no file, is left out. */
  readFiles(
    commit: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** The staged copy that analysers see: allow-listed sources only, our own configuration, nothing of the repository's. */
export interface Stage {
  /** Absolute path of a folder that holds exactly `paths`. */
  readonly folder: string;
  readonly paths: readonly string[];
}

/** What a tool said about one place, before it is known whether the diff is to blame. Lines are 1-based, inclusive. */
export interface Diagnostic {
  /** Tool and rule, such as oxlint/no-dupe-keys. */
  readonly rule: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Other lines that the tool points at, such as the second of two equal keys: also places to report it at. */
  readonly alsoLines?: readonly number[];
  readonly message: string;
  readonly help?: string;
  /** Text that would replace lines startLine to endLine, when the tool offers a safe fix. */
  readonly replacement?: string;
}

export interface AnalysisResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Files that the tool could not read (a crash, a hang, a parse error): never the same as clean. */
  readonly notAnalysed: readonly { readonly path: string; readonly reason: string }[];
}

/** One deterministic tool, run in a killable, confined child process. */
export interface Analyser {
  /** Name and version, such as "oxlint 1.94.0". */
  readonly name: string;
  readonly category: ReviewCategory;
  /** The tool takes text of any shape: nesting, long lines and the like, which crash parsers, do not matter to it. */
  readonly takesAnyText?: boolean;
  /** The tool follows imports, so the unchanged sources are staged beside the changed ones. */
  readonly followsImports?: boolean;
  /** Whether the tool reads files of this name at all. */
  reads(path: string): boolean;
  /**
   * Analyses `paths` of the stage. A bad file costs itself, not the batch. Throws only when the tool cannot run at
   * all or the signal is aborted; the child and its descendants are dead when the promise settles.
   */
  analyse(stage: Stage, paths: readonly string[], signal: AbortSignal): Promise<AnalysisResult>;
}

/** Makes staged copies. */
export interface Stager {
  /** Writes the files to a fresh private folder; `dispose` removes it and never throws. */
  stage(files: ReadonlyMap<string, Uint8Array>): Promise<Stage & { dispose(): Promise<void> }>;
}
