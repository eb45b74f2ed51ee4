import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Writes GitHub's published REST description and GraphQL schema, gzipped, to `src/fake-github/generated/`.
 *
 * Run it after changing a version here: `node scripts/vendor-github-description.ts`. Both packages are MIT; only the
 * data files are kept (the packages are hundreds of megabytes). Prose and examples are left out of the description.
 */
const OPENAPI = '@octokit/openapi@23.0.2';
const GRAPHQL = '@octokit/graphql-schema@15.26.1';

const target = path.join(import.meta.dirname, '../src/fake-github/generated');
const workspace = mkdtempSync(path.join(tmpdir(), 'github-description-'));
try {
  const description: unknown = JSON.parse(unpack(OPENAPI, 'package/generated/api.github.com.json'));
  writeFileSync(
    path.join(target, 'api.github.com.json.gz'),
    gzip(JSON.stringify(withoutProse(description, false))),
  );
  writeFileSync(path.join(target, 'schema.graphql.gz'), gzip(unpack(GRAPHQL, 'package/schema.graphql')));
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

function unpack(pack: string, file: string): string {
  const output = execFileSync('npm', ['pack', '--silent', pack], { cwd: workspace, encoding: 'utf8' });
  execFileSync('tar', ['xzf', output.trim(), file], { cwd: workspace });
  return readFileSync(path.join(workspace, file), 'utf8');
}

/** Compressed with no time stamp, so that the same input gives the same file. */
function gzip(text: string): Buffer {
  return gzipSync(text, { level: 9 });
}

/**
 * A copy without descriptions, summaries and examples. Under `properties` the keys are names that GitHub chose, so
 * there a key `description` is a property, not prose.
 */
function withoutProse(node: unknown, keysAreNames: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item, false));
  if (typeof node !== 'object' || node === null) return node;
  const prose = new Set([
    'description',
    'summary',
    'example',
    'examples',
    'externalDocs',
    'title',
    'x-github',
  ]);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => keysAreNames || !prose.has(key))
      .map(([key, value]) => [key, withoutProse(value, key === 'properties' && !keysAreNames)]),
  );
}
