import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Reads a gzipped text file of `src/fake-github/generated/`, whether this code runs from `src/` or from `dist/`: the
 * compiler copies no data, so the file is looked for from the package's root.
 */
export function readGeneratedFile(name: string): string {
  const tried: string[] = [];
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'src/fake-github/generated', name);
    if (existsSync(candidate)) return gunzipSync(readFileSync(candidate)).toString('utf8');
    tried.push(candidate);
    if (path.dirname(folder) === folder) break;
  }
  throw new Error(
    `could not find GitHub's description ${name}; looked at ${tried.join(', ')}. Run: node scripts/vendor-github-description.ts`,
  );
}
