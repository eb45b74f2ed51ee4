import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Cruises a small tree of our own under the project's rules; returns the names of the rules it breaks. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-layers-'));
  folders.push(folder);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await symlink(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await symlink(join(root, 'package.json'), join(folder, 'package.json'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const cruise = run(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      join(root, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      'src',
    ],
    { cwd: folder, maxBuffer: 50_000_000 },
  );
  // It exits with the number of violations, which is what the planted trees are for.
  const { stdout } = await cruise.catch((error: { readonly stdout: string }) => error);
  const result: unknown = JSON.parse(stdout);
  if (typeof result !== 'object' || result === null || !('summary' in result)) throw new Error(stdout);
  const summary = result.summary as {
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
  };
  return summary.violations.map((violation) => violation.rule.name);
}

const planted: readonly (readonly [rule: string, files: Readonly<Record<string, string>>])[] = [
  [
    'core-knows-no-vendor',
    { 'src/domain/page.ts': "import type { Page } from 'playwright';\nexport type Thing = Page;\n" },
  ],
  [
    'core-knows-no-vendor',
    { 'src/agent/turn.ts': "import type { LanguageModel } from 'ai';\nexport type Thing = LanguageModel;\n" },
  ],
  [
    'agent-border',
    {
      'src/agent/a.ts': "import { b } from '../review/b.ts';\nexport const a = b;\n",
      'src/review/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'affected-border',
    {
      'src/affected/a.ts': "import { b } from '../verify/b.ts';\nexport const a = b;\n",
      'src/verify/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'domain-border',
    {
      'src/domain/a.ts': "import { b } from '../github/b.ts';\nexport const a = b;\n",
      'src/github/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'review-border',
    {
      'src/review/a.ts': "import { b } from '../verify/b.ts';\nexport const a = b;\n",
      'src/verify/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'life-border',
    {
      'src/life/a.ts': "import { b } from '../report/b.ts';\nexport const a = b;\n",
      'src/report/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'github-border',
    {
      'src/github/a.ts': "import { b } from '../queue/b.ts';\nexport const a = b;\n",
      'src/queue/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'jobs-border',
    {
      'src/jobs/a.ts': "import { b } from '../cli/b.ts';\nexport const a = b;\n",
      'src/cli/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'cli-border',
    {
      'src/cli/a.ts': "import { b } from '../fake-github/b.ts';\nexport const a = b;\n",
      'src/fake-github/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'app-border',
    {
      'src/app/a.ts': "import { b } from '../cli/b.ts';\nexport const a = b;\n",
      'src/cli/b.ts': 'export const b = 1;\n',
    },
  ],
  [
    'no-circles',
    {
      'src/lib/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }\n",
      'src/lib/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }\n",
    },
  ],
];

describe('the import rules', () => {
  it.each(planted)('catch a planted violation of %s', async (rule, files) => {
    expect(await brokenRules(files)).toContain(rule);
  });

  it('let an honest tree pass', async () => {
    expect(
      await brokenRules({
        'src/domain/a.ts': "import { b } from '../lib/b.ts';\nexport const a = b;\n",
        'src/lib/b.ts': 'export const b = 1;\n',
      }),
    ).toEqual([]);
  });
});
