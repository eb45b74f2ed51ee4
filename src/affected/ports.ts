/** One entry of a commit's tree; a `GitObjects` of the review lists the same. */
export interface TrackedEntry {
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly bytes: number;
}

/** Read-only files of commits: no checkout, nothing is ever executed. */
export interface TrackedFiles {
  /** Every entry of the commit's tree, in git's order. */
  listTree(commit: string, signal: AbortSignal): Promise<readonly TrackedEntry[]>;
  /** The files' bytes by path; a path that the commit does not have, or that is no file, is left out. */
  readFiles(
    commit: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Uint8Array>>;
}

export type ScriptLanguage = 'js' | 'jsx' | 'ts' | 'tsx';

/** A script, or the script part of a component file. */
export interface ScriptSource {
  /** Names it in the answer. */
  readonly id: string;
  readonly text: string;
  readonly language: ScriptLanguage;
  /** What is asked beside its imports. */
  readonly wants: { readonly declarations: boolean; readonly texts: boolean };
}

/** One `import`, `export … from`, `require` or `import()`. */
export interface ImportFact {
  readonly specifier: string;
  /**
   * What is taken from it, by the name it has here: `default`, `*` for all of it, or a name. Empty for `import 'x'`;
   * `{ '*': '*' }` for `require` and `import()`.
   */
  readonly names: Readonly<Record<string, string>>;
  /** It is handed on: `names` are those under which it is exported; `*` for `export *`. */
  readonly isReexport: boolean;
}

/**
 * What a piece of code is as data: literals, and by name what is not known without running it.
 *
 * `null` stands for everything else.
 */
export type Shape =
  | null
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Shape[] }
  | { readonly kind: 'spread'; readonly of: Shape }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly spreads: readonly Shape[];
    }
  | { readonly kind: 'import'; readonly specifier: string; readonly member?: string }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly on?: Shape;
      readonly arguments: readonly Shape[];
    }
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly attributes: Readonly<Record<string, Shape>>;
      readonly children: readonly Shape[];
    }
  | {
      readonly kind: 'function';
      readonly parameters: readonly string[];
      readonly returns: Shape;
      /** Last names of what it calls, such as `render` and `json`. */
      readonly calls: readonly string[];
      /** Names of the templates or files that it sends. */
      readonly sends: readonly string[];
    }
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly decorators: readonly Shape[];
      readonly members: readonly { readonly name: string; readonly decorators: readonly Shape[] }[];
    };

/** A text that stands in a script: a string literal, a part of a template, or a text between tags. */
export interface ScriptText {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** What a script says, without having been run. */
export interface ScriptFacts {
  readonly imports: readonly ImportFact[];
  /** What the module's own names stand for, `default` for what it exports as such; empty when not asked for. */
  readonly bindings: Readonly<Record<string, Shape>>;
  /** Calls and elements anywhere in it that look like they declare routes, outermost first; empty when not asked for. */
  readonly declarations: readonly Shape[];
  readonly texts: readonly ScriptText[];
}

/** Parses scripts, in a process of its own: what it reads was written by others. */
export interface ScriptReader {
  /**
   * The facts of each script by its id. What cannot be parsed, or not in time, is left out. Rejects only with the
   * signal's reason when it is aborted, or when the reader cannot run at all.
   */
  read(sources: readonly ScriptSource[], signal: AbortSignal): Promise<ReadonlyMap<string, ScriptFacts>>;
}
