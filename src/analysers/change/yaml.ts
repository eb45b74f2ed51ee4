import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

const require = createRequire(import.meta.url);
let loaded: typeof Yaml | undefined;

/** The YAML library, loaded when the first workflow comes: most changes have none, and loading takes longer than they do. */
export function yaml(): typeof Yaml {
  // What a package exports is what its own types say.
  loaded ??= require('yaml') as typeof Yaml;
  return loaded;
}
