import { basename } from 'node:path/posix';
import type { Source } from './source.ts';

/** A package that a manifest asks for. */
export interface Dependency {
  readonly name: string;
  /** A range of versions, or where to take it from. */
  readonly version: string;
  readonly kind: 'runtime' | 'development';
  readonly line: number;
}

export function isNpmManifest(path: string): boolean {
  return basename(path) === 'package.json';
}

export function isPipRequirements(path: string): boolean {
  return (
    /^requirements[\w.-]*\.(?:txt|in)$/.test(basename(path)) ||
    /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/.test(path)
  );
}

const FIELDS: readonly (readonly [string, Dependency['kind']])[] = [
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'runtime'],
  ['devDependencies', 'development'],
];

/** The packages that a `package.json` or a requirements file asks for. */
export function dependenciesOf(source: Source | undefined): readonly Dependency[] {
  if (source === undefined) return [];
  return isNpmManifest(source.path) ? npmDependencies(source) : pipRequirements(source);
}

function npmDependencies(source: Source): readonly Dependency[] {
  const manifest = readManifest(source);
  return FIELDS.flatMap(([field, kind]) =>
    Object.entries(objectOf(manifest[field])).flatMap(([name, version]) =>
      typeof version === 'string' ? [{ name, version, kind, line: lineOfKey(source, field, name) }] : [],
    ),
  );
}

/** The scripts that npm runs by itself when the package, or one that depends on it, is installed. */
export function installScripts(
  source: Source | undefined,
): ReadonlyMap<string, { text: string; line: number }> {
  if (source === undefined) return new Map();
  const scripts = objectOf(readManifest(source)['scripts']);
  return new Map(
    ['preinstall', 'install', 'postinstall'].flatMap((name) => {
      const text = scripts[name];
      return typeof text === 'string'
        ? [[name, { text, line: lineOfKey(source, 'scripts', name) }] as const]
        : [];
    }),
  );
}

function readManifest({ text }: Source): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // Not JSON: nothing is known of it, and other tools say so.
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

const keyLines = new WeakMap<Source, ReadonlyMap<string, readonly number[]>>();

/** The line of a key inside a field, found by text: both stand in quotes before a colon. */
function lineOfKey(source: Source, field: string, key: string): number {
  const lines = keyLines.get(source) ?? findKeys(source);
  keyLines.set(source, lines);
  const start = lines.get(field)?.[0] ?? 1;
  return lines.get(key)?.find((line) => line >= start) ?? start;
}

function findKeys({ lines }: Source): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    for (const [, key = ''] of line.matchAll(/"([^"\\]{1,214})"\s*:/g)) {
      const numbers = found.get(key);
      if (numbers === undefined) found.set(key, [index + 1]);
      else numbers.push(index + 1);
    }
  }
  return found;
}

function pipRequirements({ lines }: Source): readonly Dependency[] {
  return lines.flatMap((line, index) => {
    const [, name, version = ''] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^#;]*)/.exec(line) ?? [];
    if (name === undefined || /^\s*[-#]/.test(line)) return [];
    const normal = name.toLowerCase().replace(/[-_.]+/g, '-');
    return [{ name: normal, version: version.trim(), kind: 'runtime' as const, line: index + 1 }];
  });
}
