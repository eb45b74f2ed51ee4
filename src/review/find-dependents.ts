import type { FileDiff } from '../domain/diff.ts';
import { createImports } from './import-closure.ts';

const REEXPORT = /\bexport\s*(?:type\s*)?\*/;
const MAX_DEPENDENTS = 400;
const MAX_LINE = 2000;

/**
 * The unchanged files that may depend on a change: those that import a changed file, those whose text has a path that a
 * removed line has, and those that import from a file that hands on all its exports. At most 400.
 *
 * A cheap search by text, which finds too many rather than too few; who uses them looks closer.
 */
export function findDependents(
  diff: readonly FileDiff[],
  unchanged: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const changed = new Set(diff.flatMap(({ path, oldPath }) => [path, oldPath]));
  const importersOf = createImporters([...unchanged.keys(), ...changed], unchanged);
  const found = new Set(importersOf(changed));
  const routes = diff.flatMap(removedPaths);
  if (routes.length > 0) {
    for (const [path, bytes] of unchanged)
      if (routes.some((route) => asBuffer(bytes).includes(route))) found.add(path);
  }
  let sought = found;
  while (sought.size > 0) {
    const handing = [...sought].filter((path) => REEXPORT.test(textOf(unchanged.get(path))));
    sought = new Set(importersOf(new Set(handing)).filter((path) => !found.has(path)));
    for (const path of sought) found.add(path);
  }
  return [...found].slice(0, MAX_DEPENDENTS);
}

/** A function that gives the files of `unchanged` that import one of some files, in the order of `unchanged`. */
export function createImporters(
  paths: readonly string[],
  unchanged: ReadonlyMap<string, Uint8Array>,
): (targets: ReadonlySet<string>) => readonly string[] {
  const imports = createImports(paths);
  return (targets) => {
    const names = [...new Set([...targets].map(importedName))];
    return [...unchanged].flatMap(([path, bytes]) => {
      const buffer = asBuffer(bytes);
      const mayImport = names.some((name) => buffer.includes(name));
      return mayImport && imports(path, buffer.toString('utf8')).some((target) => targets.has(target))
        ? [path]
        : [];
    });
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : asBuffer(bytes).toString('latin1');
}

/** `src/cart/total.ts` → `total`; `src/cart/index.ts` → a dot, which every relative import has. */
function importedName(path: string): string {
  const parts = path.replace(/(?:\.d)?\.\w+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return /^(?:index|__init__)$/.test(last) ? '.' : last;
}

/** What stands before the first parameter in paths like `'/api/orders/:id'` on removed lines. */
function removedPaths({ hunks }: FileDiff): readonly string[] {
  const texts = hunks.flatMap(({ lines }) =>
    lines.flatMap(({ kind, text }) => (kind === 'removed' ? text : [])),
  );
  return texts
    .flatMap((text) => [...text.slice(0, MAX_LINE).matchAll(/['"`](\/[\w/-]{3,80})/g)])
    .map(([, path = '']) => path.replace(/\/$/, ''));
}
