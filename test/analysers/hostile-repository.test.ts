import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { openLocalObjects } from '../../src/git/open-local-objects.ts';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';

/** JavaScript that leaves `marker` behind when anything loads it. */
const payload = (marker: string): string =>
  `require('node:fs').appendFileSync(${JSON.stringify(marker)}, 'ran');\nmodule.exports = { rules: {}, meta: { name: 'x' } };\n`;
const payloadModule = (marker: string): string =>
  `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(marker)}, 'ran');\nexport default { rules: {} };\n`;

/** Each configuration that made a tool run the repository's code, write outside of it, or keep silent. */
function plantedConfiguration(folder: string, marker: string): Readonly<Record<string, string>> {
  const off = JSON.stringify({
    categories: { correctness: 'off' },
    rules: { 'no-eval': 'off' },
    ignorePatterns: ['**'],
  });
  const script = `#!/bin/sh\necho ran >> '${marker}'\n`;
  return {
    '.oxlintrc.json': JSON.stringify({ jsPlugins: ['./plugin.js'], ignorePatterns: ['**'] }),
    'oxlint.config.ts': payloadModule(marker),
    'plugin.js': payload(marker),
    'src/.oxlintrc.json': off,
    'src/oxlint.config.ts': payloadModule(marker),
    '.eslintrc': off,
    '.eslintrc.js': payload(marker),
    'eslint.config.js': payloadModule(marker),
    '.eslintignore': '**\n',
    '.gitignore': '**\n',
    '.ignore': '**\n',
    'node_modules/.bin/tsgolint': script,
    'node_modules/oxlint-tsgolint/package.json': '{"name":"oxlint-tsgolint","version":"9.9.9","bin":"x.js"}',
    'node_modules/oxlint-tsgolint/x.js': payload(marker),
    'biome.json': JSON.stringify({
      root: true,
      linter: { enabled: false },
      plugins: ['./plugin.grit'],
      files: { includes: ['!**'] },
    }),
    'src/biome.json': JSON.stringify({ root: false, extends: '//', linter: { enabled: false } }),
    'plugin.grit': '`eval($x)` => `ok`',
    'tsconfig.json': JSON.stringify({
      extends: '/etc/hostname',
      compilerOptions: { outDir: join(folder, 'written'), noEmit: false, plugins: [{ name: './plugin.js' }] },
      exclude: ['**'],
    }),
    'src/tsconfig.json': JSON.stringify({
      compilerOptions: { outDir: join(folder, 'written'), types: ['nothing'] },
      files: [],
    }),
    '.secretlintrc.json': JSON.stringify({ rules: [] }),
    '.secretlintrc.js': payload(marker),
    '.secretlintignore': '**\n',
    'ruff.toml': 'exclude = ["**"]\nlint.select = []\n',
    'pyproject.toml': '[tool.ruff]\nexclude = ["*"]\n',
    'setup.py': `open(${JSON.stringify(marker)}, "a").write("ran")\n`,
    'conftest.py': `open(${JSON.stringify(marker)}, "a").write("ran")\n`,
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { preinstall: script },
      eslintConfig: { rules: {} },
    }),
    '.gitattributes': '* filter=evil diff=evil text eol=crlf -diff\n*.ts linguist-generated\n',
    '.npmrc': 'script-shell=/bin/sh\n',
    '.yarnrc.yml': 'yarnPath: ./plugin.js\n',
  };
}

const FAULTS = {
  'src/run.ts': [
    'export async function save(): Promise<void> {}',
    'export function run(input: string): void {',
    '  // eslint-disable-next-line',
    '  eval(input);',
    '  save(); // oxlint-disable-line',
    '  // @ts-ignore',
    '  const size: number = input;',
    '  let total = size;',
    '  save().then(() => total);',
    '}',
    '',
  ].join('\n'),
  'tools/run.py': '# ruff: noqa\nimport os\n\n\ndef run(name):\n    os.system("ls " + name)  # noqa: S605\n',
  'config.env': `SLACK=${['xoxb', '263594206564', '2343594206574', 'FGqddMF8t08v8N7Oq4i57vs1'].join('-')} # secretlint-disable-line\n`,
};

describe('a pull request full of configuration that runs code or silences tools', () => {
  let repository: Repository;
  let elsewhere: string;
  let marker: string;
  let report: ReviewReport;
  beforeAll(async () => {
    repository = createRepository();
    elsewhere = mkdtempSync(join(tmpdir(), 'firsthand-test-'));
    marker = join(elsewhere, 'marker');
    repository.write({ 'src/old.ts': 'export const one = 1;\n', 'tools/old.py': 'ONE = 1\n' });
    const base = repository.commit('base');
    repository.write({ ...plantedConfiguration(elsewhere, marker), ...FAULTS });
    const head = repository.commit('head');
    const signal = AbortSignal.timeout(60_000);
    const local = await openLocalObjects(repository.folder, signal);
    const analysers = await createAnalysers();
    report = await reviewPullRequest(
      {
        base,
        head,
        settings: { reviewers: ['security', 'style', 'logic'], ignore: [], maxFindings: 15 },
        startedAt: new Date(0),
        version: '0.0.0',
      },
      { objects: local.objects, ...analysers, onProgress: () => undefined },
      signal,
    );
    await local.dispose();
  });
  afterAll(() => {
    repository.remove();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('runs nothing of it and writes nothing for it', () => {
    expect(existsSync(marker)).toBe(false);
    expect(existsSync(join(elsewhere, 'written'))).toBe(false);
  });

  test('is reviewed as if the configuration were not there', () => {
    const found = report.findings.map(
      ({ source, location }) => `${location?.path}:${location?.startLine} ${source}`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'src/run.ts:4 taint/code-injection',
        'src/run.ts:5 oxlint/no-floating-promises',
        'src/run.ts:7 tsc/TS2322',
        'src/run.ts:8 biome/useConst',
        'tools/run.py:6 taint/python-command-injection',
        'config.env:1 secretlint/slack',
      ]),
    );
    expect(report.reviewers.map(({ status }) => status)).toEqual(['reviewed', 'reviewed', 'reviewed']);
  });

  test('has its new suppressions reported, each where it stands', () => {
    const places = report.findings
      .filter(
        ({ body, source }) => source === 'firsthand/suppression' || body.includes('(firsthand/suppression)'),
      )
      .map(({ location }) => `${location?.path}:${location?.startLine}`);
    expect(places.sort()).toEqual([
      'config.env:1',
      'src/run.ts:3',
      'src/run.ts:5',
      'src/run.ts:6',
      'tools/run.py:1',
      'tools/run.py:6',
    ]);
  });

  test('never sees what node_modules holds', () => {
    const vendored = report.notAnalysed.filter(({ path }) => path.startsWith('node_modules/'));
    expect(vendored.map(({ path }) => path).sort()).toEqual([
      'node_modules/.bin/tsgolint',
      'node_modules/oxlint-tsgolint/package.json',
      'node_modules/oxlint-tsgolint/x.js',
    ]);
  });

  test('does not get the secret repeated in the report', () => {
    expect(JSON.stringify(report)).not.toContain('FGqddMF8');
  });
});
