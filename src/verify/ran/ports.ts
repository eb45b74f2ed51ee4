/** What of one script a page has run since this was asked the last time. */
export interface RanScript {
  /** The same as long as the document lives; another document’s script may get it afterwards, under another address. */
  readonly id: string;
  /** Where it was loaded from; that of the document for what stands in the document itself. */
  readonly url: string;
  readonly functions: readonly RanFunction[];
}

/** A function as it lies in its script, in UTF-16 units; the script as a whole is one that begins at 0. */
export interface RanFunction {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** False: it could have been called by what ran, and was not. */
  readonly hasRun: boolean;
}

/** A file of the site as the site serves it. */
export interface ServedFile {
  readonly text: string;
  /** What its headers name as its source map. */
  readonly sourceMap?: string;
}

/** What tells which code of a product runs. Part of a session; all is bounded in time and size. */
export interface ScriptWatch {
  /**
   * What has run since the last call, in every document of the page: functions that ran for the first time, and beside
   * them those that could have. `undefined` when the session does not watch it, or the page hangs.
   */
  takeRan(): Promise<readonly RanScript[] | undefined>;
  /** The scripts that stand in the document itself, in its order. */
  readInlineScripts(): Promise<readonly string[]>;
  /**
   * Asks the site itself for one of its files, as the page would, without the page noticing. `undefined` for another
   * origin than the site’s, a redirect, any answer but 200, more than `maxBytes`, or none in time.
   */
  readServed(url: string, maxBytes: number): Promise<ServedFile | undefined>;
}
