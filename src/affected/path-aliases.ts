import { dirname, join, normalize } from 'node:path/posix';
import { z } from 'zod';
import { parseJsonc } from './parse-jsonc.ts';

/** What `tsconfig.json` and its kind say about names that are no relative paths, for the files below a folder. */
export interface PathAliases {
  readonly folder: string;
  /** Folder in which names that are no relative paths are looked for. */
  readonly baseUrl: string | undefined;
  /** Patterns with at most one `*`, and what they may stand for, from the root of the repository. */
  readonly paths: readonly {
    readonly prefix: string;
    readonly suffix: string;
    readonly targets: readonly string[];
  }[];
}

const configSchema = z.object({
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
  compilerOptions: z
    .object({
      baseUrl: z.string().optional().catch(undefined),
      paths: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const CONFIG = /(?:^|\/)[jt]sconfig[\w.-]*\.json$/;
const MAX_PATHS = 300;
const MAX_EXTENDS = 8;

/** Reads the aliases of every folder that has such a file, innermost first; nothing outside of `texts` is looked at. */
export function readPathAliases(texts: ReadonlyMap<string, string>): readonly PathAliases[] {
  const found: PathAliases[] = [];
  for (const path of texts.keys()) {
    if (!CONFIG.test(path)) continue;
    const aliases = readConfig(path, texts, 0);
    if (aliases !== undefined && (aliases.baseUrl !== undefined || aliases.paths.length > 0))
      found.push({ folder: dirname(path), ...aliases });
  }
  return found.sort((a, b) => b.folder.length - a.folder.length);
}

function readConfig(
  path: string,
  texts: ReadonlyMap<string, string>,
  depth: number,
): Omit<PathAliases, 'folder'> | undefined {
  const text = texts.get(path);
  if (text === undefined || depth > MAX_EXTENDS) return undefined;
  const config = configSchema.safeParse(parseJsonc(text));
  if (!config.success) return undefined;
  const folder = dirname(path);
  const { extends: parents = [], compilerOptions = {} } = config.data;
  const inherited = [parents]
    .flat()
    .filter((parent) => parent.startsWith('.'))
    .map((parent) =>
      readConfig(join(folder, parent.endsWith('.json') ? parent : `${parent}.json`), texts, depth + 1),
    )
    .findLast((one) => one !== undefined);
  const baseUrl =
    compilerOptions.baseUrl === undefined ? inherited?.baseUrl : join(folder, compilerOptions.baseUrl);
  const root = compilerOptions.baseUrl === undefined ? folder : join(folder, compilerOptions.baseUrl);
  const paths = Object.entries(compilerOptions.paths ?? {})
    .slice(0, MAX_PATHS)
    .map(([pattern, targets]) => {
      const [prefix = '', suffix = ''] = pattern.split('*');
      return { prefix, suffix, targets: targets.map((one) => normalize(join(root, one))) };
    })
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return { baseUrl, paths: paths.length > 0 ? paths : (inherited?.paths ?? []) };
}

/** What a name may stand for below the folders of these aliases, best first. */
export function expandAlias({ paths, baseUrl }: PathAliases, specifier: string): readonly string[] {
  const byPattern = paths.flatMap(({ prefix, suffix, targets }) => {
    const isExact = targets.every((one) => !one.includes('*')) && suffix === '';
    if (isExact ? specifier !== prefix : !specifier.startsWith(prefix) || !specifier.endsWith(suffix))
      return [];
    const middle = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) => target.replace('*', () => middle));
  });
  return [...byPattern, ...(baseUrl === undefined ? [] : [join(baseUrl, specifier)])];
}
