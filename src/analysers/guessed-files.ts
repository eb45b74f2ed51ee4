import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path/posix';
import { boundedMap } from '../lib/bounded-map.ts';
import type { Stage } from '../review/ports.ts';

/** `from '…'`, `import('…')`, `require('…')`; an import for its effects only brings no types. */
const IMPORTS = /\bfrom\s*['"]([^'"\n]{1,300})['"]|\b(?:import|require)\s*\(\s*['"]([^'"\n]{1,300})['"]/g;
const PARALLEL_READS = 16;

/**
 * The staged files whose types are partly guessed: they import, directly or through others, what is not staged.
 *
 * Packages are never staged, so their types are `any` to the checker, and what it infers from those can be wrong.
 */
export async function findGuessedFiles(stage: Stage): Promise<ReadonlySet<string>> {
  const staged = new Set(stage.paths);
  const importers = new Map<string, string[]>();
  const guessed = new Set<string>();
  await boundedMap(stage.paths, PARALLEL_READS, async (path) => {
    const text = await readFile(join(stage.folder, path), 'utf8');
    for (const [, from, call] of text.matchAll(IMPORTS)) {
      const specifier = from ?? call ?? '';
      if (isBuiltin(specifier)) continue;
      const target = resolve(path, specifier, staged);
      if (target === undefined) guessed.add(path);
      else importers.set(target, [...(importers.get(target) ?? []), path]);
    }
  });
  // A set hands out what is added to it while it is walked.
  for (const path of guessed) for (const importer of importers.get(path) ?? []) guessed.add(importer);
  return guessed;
}

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];

function resolve(importer: string, specifier: string, staged: ReadonlySet<string>): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = join(importer, '..', specifier);
  // TypeScript sources are imported under the name of the script that they become, too.
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const stems = [path, source, `${path}/index`];
  return stems
    .flatMap((stem) => ENDINGS.map((ending) => stem + ending))
    .find((candidate) => staged.has(candidate));
}
