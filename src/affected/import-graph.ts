import { dirname, join } from 'node:path/posix';
import picomatch from 'picomatch';
import type { ImportFact } from './ports.ts';
import type { Project } from './read-project.ts';
import { globsOf, namedFiles } from './text-imports.ts';

/** Which files use a file, directly. */
export interface ImportGraph {
  readonly importersOf: (path: string) => ReadonlySet<string>;
}

const MAX_HANDED_ON = 40;
const MAX_GLOBBED = 2000;

/** An edge from a file to one that it uses. */
export type Edge = readonly [from: string, to: string];

/**
 * Builds the graph of who imports whom. What is imported by name through files that only hand it on counts as imported
 * from where it is made, so that a change to one of many things behind an index file does not reach all who use others.
 */
export function buildImportGraph(project: Project, further: readonly Edge[]): ImportGraph {
  const importers = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    if (from === to) return;
    const known = importers.get(to);
    if (known === undefined) importers.set(to, new Set([from]));
    else known.add(from);
  };
  for (const [from, to] of edgesOf(project)) add(from, to);
  for (const [from, to] of further) add(from, to);
  const none: ReadonlySet<string> = new Set();
  return { importersOf: (path) => importers.get(path) ?? none };
}

function* edgesOf(project: Project): Generator<Edge> {
  for (const [path, blocks] of project.blocks) {
    for (const fact of project.facts.get(path)?.imports ?? []) yield* importEdges(project, path, fact);
    for (const block of blocks) {
      for (const name of namedFiles(path, block)) {
        const to = project.resolve(path, name);
        if (to !== undefined) yield [path, to];
      }
      if (block.kind === 'script') yield* globEdges(project, path, block.text);
    }
  }
}

function* importEdges(
  project: Project,
  path: string,
  { specifier, names, isReexport }: ImportFact,
): Generator<Edge> {
  const to = project.resolve(path, specifier);
  if (to === undefined || isReexport) return;
  yield [path, to];
  // `import './all'` runs all that the file hands on.
  const wanted = Object.keys(names).length === 0 ? ['*'] : Object.values(names);
  for (const name of wanted) for (const origin of originsOf(project, to, name)) yield [path, origin];
}

/** Where a name that a file exports is made, when the file only hands it on; all that it hands on for `*`. */
export function originsOf(project: Project, file: string, name: string): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string, wanted: string): void => {
    const key = `${wanted} ${path}`;
    if (seen.has(key) || seen.size > MAX_HANDED_ON) return;
    seen.add(key);
    for (const { specifier, names, isReexport } of project.facts.get(path)?.imports ?? []) {
      if (!isReexport) continue;
      for (const [exported, imported] of Object.entries(names)) {
        if (wanted !== '*' && exported !== wanted && exported !== '*') continue;
        // `export * from` has every name, but only one of the files has the one that is wanted.
        const inner = exported === '*' ? wanted : imported;
        const to = project.resolve(path, specifier);
        if (to === undefined) continue;
        if (exported !== '*' || wanted === '*' || mayExport(project, to, wanted)) {
          found.add(to);
          visit(to, inner);
        }
      }
    }
  };
  visit(file, name);
  return [...found];
}

/** Whether a file may export a name: told from its text, since its own exports are not listed. */
function mayExport(project: Project, path: string, name: string): boolean {
  const text = project.texts.get(path);
  if (text === undefined) return false;
  return text.includes(name) || /\bexport\s*\*/.test(text);
}

function* globEdges({ texts }: Project, path: string, text: string): Generator<Edge> {
  if (!text.includes('import.meta.glob')) return;
  let left = MAX_GLOBBED;
  for (const glob of globsOf(text)) {
    const full = glob.startsWith('.')
      ? join(dirname(path), glob)
      : glob.replace(/^\//, '').replace(/^[@~]\//, '**/');
    const isMatch = picomatch(full);
    for (const file of texts.keys()) {
      if (left === 0) return;
      if (!isMatch(file)) continue;
      left -= 1;
      yield [path, file];
    }
  }
}
