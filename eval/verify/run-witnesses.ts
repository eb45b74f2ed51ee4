import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WitnessOutcome } from './outcome.ts';

const run = promisify(execFile);
const PLAYWRIGHT = join(import.meta.dirname, '../../node_modules/playwright');
const LIMIT_MS = 240_000;

interface Suite {
  readonly file?: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly results: readonly {
        readonly status: string;
        readonly error?: { readonly message?: string };
      }[];
    }[];
  }[];
}

/**
 * Runs the tests that a verification wrote below `out`, as a stranger would: with `npx playwright test` and the two
 * addresses, in a folder that holds nothing but them and a configuration that names the browser.
 */
export async function runWitnesses(
  out: string,
  sites: { readonly base: string; readonly head: string },
): Promise<readonly WitnessOutcome[]> {
  const files = (await readdir(join(out, 'witness')).catch(() => [])).filter((name) =>
    name.endsWith('.spec.ts'),
  );
  if (files.length === 0) return [];
  const folder = await layOut(out);
  const report = await runPlaywright(folder, sites);
  const specs = listSpecs(report);
  return files.map((file) => {
    const own = specs.filter((spec) => spec.file.endsWith(file));
    const sideOf = (side: 'base' | 'head') => {
      const [result] = own.find((spec) => spec.title.startsWith(`${side}:`))?.tests[0]?.results ?? [];
      const status =
        result === undefined || result.status === 'skipped'
          ? 'not run'
          : result.status === 'passed'
            ? 'passed'
            : 'failed';
      return { status, why: result?.error?.message } as const;
    };
    const base = sideOf('base');
    const head = sideOf('head');
    const why = base.status === 'passed' && head.status === 'failed' ? undefined : (base.why ?? head.why);
    return {
      finding: file.replace('.spec.ts', ''),
      base: base.status,
      head: head.status,
      ...(why === undefined ? {} : { why: why.slice(0, 400) }),
    };
  });
}

/** `@playwright/test` is the package that the tests name; `playwright` holds the same runner. */
async function layOut(out: string): Promise<string> {
  const folder = join(out, 'witness-run');
  const scope = join(folder, 'node_modules/@playwright/test');
  await mkdir(scope, { recursive: true });
  await symlink(PLAYWRIGHT, join(folder, 'node_modules/playwright'), 'dir');
  await writeFile(
    join(scope, 'package.json'),
    JSON.stringify({ name: '@playwright/test', version: '0.0.0', main: 'index.js' }),
  );
  await writeFile(join(scope, 'index.js'), "module.exports = require('playwright/test');\n");
  await cp(join(out, 'witness'), join(folder, 'tests'), { recursive: true });
  await writeFile(
    join(folder, 'playwright.config.cjs'),
    `module.exports = {
  testDir: 'tests',
  workers: 1,
  timeout: 30000,
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: process.env.WITNESS_BROWSER, chromiumSandbox: false },
  },
};
`,
  );
  return folder;
}

async function runPlaywright(
  folder: string,
  sites: { readonly base: string; readonly head: string },
): Promise<Suite> {
  const args = [join(folder, 'node_modules/playwright/cli.js'), 'test', '--reporter=json'];
  const options = {
    cwd: folder,
    env: {
      ...process.env,
      BASE_URL: sites.base,
      HEAD_URL: sites.head,
      WITNESS_BROWSER: process.env['FIRSTHAND_BROWSER_PATH'] ?? '/usr/bin/chromium-headless-shell',
    },
    timeout: LIMIT_MS,
    maxBuffer: 50_000_000,
  };
  // A test that fails is what is asked for: only the report counts, not the exit code.
  const stdout = await run(process.execPath, args, options).then(
    (done) => done.stdout,
    (error: unknown) => {
      if (
        error instanceof Error &&
        'stdout' in error &&
        typeof error.stdout === 'string' &&
        error.stdout !== ''
      )
        return error.stdout;
      throw error;
    },
  );
  const report: Suite = JSON.parse(stdout);
  return report;
}

function listSpecs(suite: Suite): readonly NonNullable<Suite['specs']>[number][] {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(listSpecs)];
}
