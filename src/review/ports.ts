import type { FileDiff } from '../domain/diff.ts';
import type { ReviewCategory } from '../domain/finding.ts';
import type { RuleText } from './rules/rule-text.ts';

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
  /** LEFT when the lines are of the base: what is wrong is that they are gone. */
  readonly side?: 'LEFT';
  /** Where else to look, such as callers outside of the diff. */
  readonly places?: readonly { readonly path: string; readonly line: number }[];
  /** What to say of it, from an analyser whose rules bring their own text. */
  readonly text?: RuleText;
  /** Text that would replace lines startLine to endLine, when the tool offers a safe fix. */
  readonly replacement?: string;
  /** The way that data takes to the place, source first. */
  readonly trace?: readonly TraceStep[];
}

/** One place on a way; `code` is the source there. */
export interface TraceStep {
  readonly path: string;
  readonly line: number;
  readonly code: string;
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
  /** What the tool newly says of unchanged files that import changed ones is the change's doing. */
  readonly judgesDependents?: boolean;
  /** Whether the tool reads files of this name at all. */
  reads(path: string): boolean;
  /**
   * Analyses `paths` of the stage. A bad file costs itself, not the batch. Throws only when the tool cannot run at
   * all or the signal is aborted; the child and its descendants are dead when the promise settles.
   */
  analyse(stage: Stage, paths: readonly string[], signal: AbortSignal): Promise<AnalysisResult>;
}

/** A changed file that a `ChangeAnalyser` is given. */
export interface ChangedPath {
  /** Its name on the head, or on the base when it is deleted. */
  readonly path: string;
  readonly oldPath: string;
  readonly status: FileDiff['status'];
  /** Lines of the head that the diff adds, ascending. */
  readonly added: readonly number[];
  /** Lines of the base that the diff removes, ascending. */
  readonly removed: readonly number[];
}

/**
 * A deterministic tool that reads both versions at once, in a confined child process: for what a change takes away,
 * and for what no longer fits the code around it.
 */
export interface ChangeAnalyser {
  readonly name: string;
  readonly category: ReviewCategory;
  /** Whether the tool judges changed files of this name. */
  reads(path: string): boolean;
  /** Whether it also looks into unchanged files of this name for what depends on the changed ones. */
  looksInto(path: string): boolean;
  /**
   * Analyses the changed `files`. The stage holds the head under `head/`, the base under `base/`, each file under the
   * name that it has there; unchanged files only under `head/`. Paths in the result are without that prefix: of the
   * head, or for `side: 'LEFT'` the file's `path` with lines of its base. Fails as `Analyser.analyse` does.
   */
  analyse(stage: Stage, files: readonly ChangedPath[], signal: AbortSignal): Promise<AnalysisResult>;
}

/** Makes staged copies. */
export interface Stager {
  /** Writes the files to a fresh private folder; `dispose` removes it and never throws. */
  stage(files: ReadonlyMap<string, Uint8Array>): Promise<Stage & { dispose(): Promise<void> }>;
}
