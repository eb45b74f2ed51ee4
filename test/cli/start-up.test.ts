import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createRepository } from '../support/git-repository.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const repository = createRepository();
repository.write({ 'a.js': 'console.log(process.argv[2]);\n', '.github/workflows/a.yml': 'on: push\n' });
repository.commit('base');
repository.git('checkout', '--quiet', '-b', 'change');
repository.write({ 'a.js': 'eval(process.argv[2]);\n', '.github/workflows/a.yml': 'on: [push]\n' });
repository.commit('head');
const scratch = makeTemporaryFolder();

afterAll(() => {
  repository.remove();
  scratch.remove();
});

/** The packages that a process loads which runs this command line. */
function packagesOf(words: readonly string[]): {
  readonly packages: readonly string[];
  readonly out: string;
} {
  const record = join(scratch.path, 'packages.json');
  const source = join(import.meta.dirname, '../../src/cli/main.ts');
  const recorder = join(import.meta.dirname, '../support/record-packages.mjs');
  const start = `import(${JSON.stringify(source)}).then(({ main }) => main(process.argv.slice(1)))`;
  const out = execFileSync(process.execPath, ['--import', recorder, '--eval', start, '--', ...words], {
    cwd: repository.folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], RECORD_PACKAGES: record },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { packages: z.array(z.string()).parse(JSON.parse(readFileSync(record, 'utf8'))), out };
}

// A review in CI is a process of its own each time: every package that it loads is paid for at every push.
test('a review that finds something loads the schemas and the globs, and no other package', () => {
  const { packages, out } = packagesOf(['review', '--format', 'text']);
  expect(out).toContain('taint/code-injection');
  expect(packages.toSorted()).toEqual(['picomatch', 'zod']);
});

test('the list of commands loads none of them', () => {
  const { packages, out } = packagesOf(['--help']);
  expect(out).toContain('verify');
  expect(packages).toEqual(['zod']);
});
