import { join } from 'node:path/posix';

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];

/**
 * The file among `paths` that a relative import names, as TypeScript and bundlers find it.
 *
 * Packages and aliases give nothing. TypeScript sources are imported under the name of the script that they become, too.
 */
export function resolveImport(
  importer: string,
  specifier: string,
  paths: ReadonlySet<string>,
): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return undefined;
  const path = join(importer, '..', specifier.replace(/\?.*$/, ''));
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const tsx = path.replace(/\.jsx?$/, '.tsx');
  return [path, source, tsx, `${path}/index`]
    .flatMap((stem) => ENDINGS.map((ending) => stem + ending))
    .find((candidate) => paths.has(candidate));
}
