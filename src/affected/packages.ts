import { dirname, join } from 'node:path/posix';
import { z } from 'zod';
import { parseJsonc } from './parse-jsonc.ts';

/** A package of the repository, as its manifest describes it. */
export interface Package {
  /** Folder without a slash at the end; `.` for the root. */
  readonly folder: string;
  readonly name: string | undefined;
  /** Names of everything that it depends on. */
  readonly dependencies: ReadonlySet<string>;
  /** Files that `import 'name'` may mean, best first, relative to the folder. */
  readonly entries: readonly string[];
  /** `exports` and `imports` by subpath, each with what it may mean, best first. */
  readonly subpaths: ReadonlyMap<string, readonly string[]>;
}

const names = z.record(z.string(), z.unknown()).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const manifestSchema = z.object({
  name: text,
  main: text,
  module: text,
  types: text,
  source: text,
  svelte: text,
  exports: z.unknown().optional(),
  imports: z.unknown().optional(),
  dependencies: names,
  devDependencies: names,
  peerDependencies: names,
});

const MAX_SUBPATHS = 500;

/** Reads every manifest, innermost folders first. */
export function readPackages(texts: ReadonlyMap<string, string>): readonly Package[] {
  const found: Package[] = [];
  for (const [path, content] of texts) {
    if (!/(?:^|\/)package\.json$/.test(path)) continue;
    const manifest = manifestSchema.safeParse(parseJsonc(content));
    if (!manifest.success) continue;
    const { name, main, module, types, source, svelte, dependencies, devDependencies, peerDependencies } =
      manifest.data;
    const subpaths = new Map<string, readonly string[]>();
    collect(manifest.data.exports, '.', subpaths);
    collect(manifest.data.imports, '', subpaths);
    const given = [source, ...(subpaths.get('.') ?? []), svelte, module, main, types];
    found.push({
      folder: dirname(path),
      name,
      dependencies: new Set(
        [dependencies, devDependencies, peerDependencies].flatMap((one) => Object.keys(one ?? {})),
      ),
      entries: given.filter((one) => one !== undefined),
      subpaths,
    });
  }
  return found.sort((a, b) => depthOf(b.folder) - depthOf(a.folder));
}

/** The innermost package in which a file lies. */
export function packageOf(packages: readonly Package[], path: string): Package | undefined {
  return packages.find(({ folder }) => folder === '.' || path.startsWith(`${folder}/`));
}

function depthOf(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

/** Conditions are taken in the order in which they are written: all of them lead to files of the same name. */
function collect(value: unknown, subpath: string, into: Map<string, readonly string[]>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const targets = leaves(value);
    if (targets.length > 0) into.set(subpath, targets);
    return;
  }
  const entries = Object.entries(value).slice(0, MAX_SUBPATHS);
  const areSubpaths = entries.some(([key]) => key.startsWith('.') || key.startsWith('#'));
  if (!areSubpaths) into.set(subpath, leaves(value));
  else for (const [key, inner] of entries) into.set(key, leaves(inner));
}

function leaves(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  return Object.values(value).flatMap((inner) => leaves(inner, depth + 1));
}

/** What a path below a package may be in its sources: what is built is not tracked. */
export function sourcePaths(folder: string, path: string): readonly string[] {
  const plain = join(folder, path);
  const inSource = path.replace(/^(?:\.\/)?(?:dist|build|lib|out|esm|cjs|es)\//, 'src/');
  return inSource === path ? [plain] : [plain, join(folder, inSource)];
}
