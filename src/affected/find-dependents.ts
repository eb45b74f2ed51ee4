import type { Edge, ImportGraph } from './import-graph.ts';

/** How files are reached from a changed one. */
export interface Dependents {
  /** Every file that is reached, nearest first; the changed one is the first. */
  readonly files: Iterable<string>;
  /** Imports from the changed file; `undefined` for a file that is not reached. */
  readonly distanceTo: (path: string) => number | undefined;
  /** The shortest way to a file, the changed one first. */
  readonly wayTo: (path: string) => readonly string[];
}

/**
 * Finds every file that uses a file, directly or not.
 *
 * `cut` are edges that are not followed: a file that lists the pages of a product does not change with each of them.
 */
export function findDependents(path: string, graph: ImportGraph, cut: ReadonlySet<string>): Dependents {
  const reached = new Map<string, { readonly from: string | undefined; readonly distance: number }>([
    [path, { from: undefined, distance: 0 }],
  ]);
  // A map is walked in the order of insertion, also over what is added on the way: breadth first, and cycles end.
  for (const [file, { distance }] of reached) {
    for (const importer of graph.importersOf(file)) {
      if (reached.has(importer) || cut.has(edgeKey([importer, file]))) continue;
      reached.set(importer, { from: file, distance: distance + 1 });
    }
  }
  return {
    files: reached.keys(),
    distanceTo: (file) => reached.get(file)?.distance,
    wayTo: (file) => {
      const way: string[] = [];
      for (let at: string | undefined = file; at !== undefined; at = reached.get(at)?.from) way.unshift(at);
      return way;
    },
  };
}

export function edgeKey([from, to]: Edge): string {
  return `${from}\0${to}`;
}
