import { dirname, join } from 'node:path/posix';
import { type Package, packageOf, sourcePaths } from './packages.ts';
import { expandAlias, type PathAliases } from './path-aliases.ts';

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.astro',
  '.json',
  '.mdx',
  '.md',
  '.css',
  '.scss',
  '.sass',
  '.less',
];
const INDEX = [
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.mjs',
  '/index.vue',
  '/index.svelte',
  '/index.scss',
  '/_index.scss',
];
/** What a specifier written for the compiled file is in the source. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
  '.css': ['.scss', '.less'],
};
/** Folders that usual aliases stand for, from each folder above the importing file. */
const USUAL: readonly (readonly [alias: RegExp, bases: readonly string[]])[] = [
  [/^\$lib(?:\/|$)/, ['src/lib/', 'lib/']],
  [/^(?:~~|@@)\//, ['']],
  [/^[@~]\//, ['src/', 'app/', '', 'resources/js/']],
  [/^[~@](?=[\w-]+\/)/, ['src/', 'app/', '']],
  [/^src\//, ['src/']],
];
const MAX_LENGTH = 500;

export interface ResolverParts {
  /** Every tracked file. */
  readonly files: ReadonlySet<string>;
  readonly aliases: readonly PathAliases[];
  readonly packages: readonly Package[];
}

/** Finds the tracked file that a specifier means; `undefined` for what lies elsewhere, such as a package from a registry. */
export type Resolve = (from: string, specifier: string) => string | undefined;

/**
 * Makes a resolver that knows the tracked files only: nothing is looked up on disk, and no specifier leads elsewhere.
 *
 * Relative paths, `paths` and `baseUrl` of tsconfig, `imports` and `exports` of the repository's own packages, paths
 * from the web root, and the usual aliases, in this order.
 */
export function createResolver(parts: ResolverParts): Resolve {
  const byName = new Map(
    parts.packages.flatMap((one) => (one.name === undefined ? [] : [[one.name, one] as const])),
  );
  const known = new Map<string, string | undefined>();
  return (from, specifier) => {
    if (specifier.length > MAX_LENGTH) return undefined;
    const name = plain(specifier);
    const key = `${dirname(from)}\0${name}`;
    if (!known.has(key)) known.set(key, name === '' ? undefined : resolve(from, name, { ...parts, byName }));
    return known.get(key);
  };
}

/** Without what loaders and bundlers add: `?raw`, `style!css!./a.css`, `~package/a.scss`. */
function plain(specifier: string): string {
  const last = specifier.split('!').at(-1) ?? specifier;
  return (last.startsWith('#') ? last : (last.split('#')[0] ?? last)).split('?')[0]?.trim() ?? '';
}

function resolve(
  from: string,
  specifier: string,
  parts: ResolverParts & { readonly byName: ReadonlyMap<string, Package> },
): string | undefined {
  const { files, aliases, packages, byName } = parts;
  const find = (path: string): string | undefined => findFile(path, files);
  if (/^\.\.?(?:\/|$)/.test(specifier)) return find(join(dirname(from), specifier));
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(specifier)) return undefined;
  const own = packageOf(packages, from);
  const root = own?.folder ?? '.';
  if (specifier.startsWith('/')) {
    return first(
      [
        join(root, specifier),
        join(root, 'public', specifier),
        join(root, 'static', specifier),
        join(dirname(from), specifier),
      ],
      find,
    );
  }
  const ofConfig = aliases
    .filter(({ folder }) => folder === '.' || from.startsWith(`${folder}/`))
    .flatMap((one) => expandAlias(one, specifier));
  return (
    first(ofConfig, find) ??
    (specifier.startsWith('#') && own !== undefined ? inPackage(own, specifier, find) : undefined) ??
    ofWorkspace(specifier, byName, find) ??
    byUsualAlias(from, specifier, find)
  );
}

function ofWorkspace(
  specifier: string,
  byName: ReadonlyMap<string, Package>,
  find: (path: string) => string | undefined,
): string | undefined {
  const [, name = '', rest = ''] = /^~?((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(specifier) ?? [];
  const found = byName.get(name);
  if (found === undefined) return undefined;
  if (rest === '')
    return first(
      [...found.entries, 'src/index', 'index'].flatMap((one) => sourcePaths(found.folder, one)),
      find,
    );
  return (
    inPackage(found, `./${rest}`, find) ??
    first([join(found.folder, rest), join(found.folder, 'src', rest)], find)
  );
}

/** A subpath of `exports` or `imports`, exact or with one `*`. */
function inPackage(
  { folder, subpaths }: Package,
  subpath: string,
  find: (path: string) => string | undefined,
): string | undefined {
  for (const [pattern, targets] of subpaths) {
    const [before = '', after] = pattern.split('*');
    const isMatch =
      after === undefined ? subpath === pattern : subpath.startsWith(before) && subpath.endsWith(after);
    if (!isMatch) continue;
    const middle = after === undefined ? '' : subpath.slice(before.length, subpath.length - after.length);
    const found = first(
      targets.flatMap((one) =>
        sourcePaths(
          folder,
          one.replace('*', () => middle),
        ),
      ),
      find,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function byUsualAlias(
  from: string,
  specifier: string,
  find: (path: string) => string | undefined,
): string | undefined {
  for (const [alias, bases] of USUAL) {
    if (!alias.test(specifier)) continue;
    const rest = specifier.replace(alias, '');
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      const found = first(
        bases.map((base) => join(folder, `${base}${rest}`)),
        find,
      );
      if (found !== undefined) return found;
      if (folder === '.' || folder === '/') break;
    }
  }
  return undefined;
}

function first(paths: readonly string[], find: (path: string) => string | undefined): string | undefined {
  for (const path of paths) {
    const found = find(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findFile(path: string, files: ReadonlySet<string>): string | undefined {
  const clean = path.replace(/\/$/, '');
  if (clean.startsWith('..') || clean.startsWith('/')) return undefined;
  const found = [...ENDINGS, ...INDEX].map((ending) => `${clean}${ending}`).find((one) => files.has(one));
  if (found !== undefined) return found;
  const slash = clean.lastIndexOf('/') + 1;
  const partial = `${clean.slice(0, slash)}_${clean.slice(slash)}`;
  const asPartial = ['', '.scss', '.sass']
    .map((ending) => `${partial}${ending}`)
    .find((one) => files.has(one));
  if (asPartial !== undefined) return asPartial;
  const written = /\.[cm]?jsx?$|\.css$/.exec(clean)?.[0];
  if (written === undefined) return undefined;
  const stem = clean.slice(0, -written.length);
  return COMPILED[written]?.map((ending) => `${stem}${ending}`).find((one) => files.has(one));
}
