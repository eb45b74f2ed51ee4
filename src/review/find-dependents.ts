import type { FileDiff } from '../domain/diff.ts';

const REEXPORT = /\bexport\s*(?:type\s*)?\*/;
const MAX_DEPENDENTS = 400;
const MAX_LINE = 2000;

/**
 * The unchanged files that may depend on a change: those whose text has the name under which a changed file is
 * imported, or a path that a removed line has, and those that import from a file that hands on all its exports.
 *
 * A cheap search by text, which finds too many rather than too few; who uses them looks closer. At most 400.
 */
export function findDependents(
  diff: readonly FileDiff[],
  unchanged: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const found = new Set<string>();
  let names = new Set([
    ...diff.flatMap(({ path, oldPath }) => [path, oldPath].map(importedName)),
    ...diff.flatMap(removedPaths),
  ]);
  while (names.size > 0) {
    const next = new Set<string>();
    for (const [path, bytes] of unchanged) {
      if (found.size >= MAX_DEPENDENTS) return [...found];
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (found.has(path) || ![...names].some((name) => text.includes(name))) continue;
      found.add(path);
      if (REEXPORT.test(text.toString('latin1'))) next.add(importedName(path));
    }
    names = next;
  }
  return [...found];
}

/** `src/cart/total.ts` → `total`; `src/cart/index.ts` → `cart`, since a folder is imported by its name. */
function importedName(path: string): string {
  const parts = path.replace(/(?:\.d)?\.\w+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return (last === 'index' ? parts.at(-2) : last) ?? last;
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
