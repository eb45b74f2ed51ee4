import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type BrowserServer, chromium } from 'playwright';
import { z } from 'zod';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const resultSchema = z.object({
  suites: z.array(
    z.object({
      title: z.string(),
      specs: z.array(
        z.object({
          title: z.string(),
          tests: z.array(
            z.object({
              results: z.array(
                z.object({
                  status: z.string(),
                  errors: z.array(z.object({ message: z.string().optional() })),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
  errors: z.array(z.object({ message: z.string().optional() })),
});

const statusSchema = z.enum(['passed', 'failed', 'skipped']);

/** What became of a witness on one side. */
export interface Played {
  readonly status: z.infer<typeof statusSchema>;
  readonly why: string;
}

/**
 * Plays witness tests with Playwright's own test runner, as a person would who installed `@playwright/test`.
 *
 * Returns what became of each, by its name and side. Assertions wait for a second only, so that failing is quick.
 */
export async function runWitnesses(
  witnesses: Readonly<Record<string, string>>,
  addresses: { readonly BASE_URL?: string; readonly HEAD_URL?: string },
): Promise<ReadonlyMap<string, Readonly<Record<'base' | 'head', Played>>>> {
  const folder = makeTemporaryFolder();
  // The workers share one browser, because starting one is costly.
  const browser = await startBrowser();
  try {
    await writeProject(folder.path, witnesses, browser.wsEndpoint());
    const { BASE_URL: _base, HEAD_URL: _head, ...environment } = process.env;
    const runner = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js');
    const child = spawn(process.execPath, [runner, 'test'], {
      cwd: folder.path,
      env: { ...environment, ...addresses },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (!printed.startsWith('{')) throw new Error(`the test runner did not run: ${complaints || printed}`);
    return readResult(resultSchema.parse(JSON.parse(printed)));
  } finally {
    await browser.close();
    folder.remove();
  }
}

function readResult({ suites, errors }: z.infer<typeof resultSchema>) {
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const played = new Map<string, Record<'base' | 'head', Played>>();
  for (const { title, specs } of suites) {
    const sides = specs.map((spec): readonly [string, Played] => {
      const result = spec.tests[0]?.results[0];
      const why = result?.errors.map(({ message }) => message ?? '').join('\n') ?? '';
      return [spec.title.split(':')[0] ?? '', { status: statusSchema.parse(result?.status), why }];
    });
    const { base, head } = Object.fromEntries(sides);
    if (base === undefined || head === undefined) throw new Error(`${title} has not two sides`);
    played.set(title.replace('.spec.ts', ''), { base, head });
  }
  return played;
}

async function startBrowser(): Promise<BrowserServer> {
  const found = await findBrowser();
  if (found.kind === 'missing') throw new Error(found.why);
  return chromium.launchServer({ executablePath: found.path, args: ['--no-sandbox'] });
}

/**
 * `playwright` carries the runner; `@playwright/test` is its name for the outside.
 *
 * The head's tests are said to be expected to fail: what they do is told by their own status, and the runner would
 * start a new worker after each failure that it does not expect, which takes a second of CPU.
 */
async function writeProject(
  folder: string,
  witnesses: Readonly<Record<string, string>>,
  wsEndpoint: string,
): Promise<void> {
  const runner = join(folder, 'node_modules', '@playwright', 'test');
  await mkdir(runner, { recursive: true });
  const library = createRequire(import.meta.url).resolve('playwright/test');
  await writeFile(
    join(runner, 'package.json'),
    JSON.stringify({ name: '@playwright/test', main: 'index.js' }),
  );
  await writeFile(
    join(runner, 'index.js'),
    `const library = require(${JSON.stringify(library)});
const test = library.test.extend({
  headFails: [
    async ({}, use, info) => {
      if (info.title.startsWith('head:')) info.fail();
      await use();
    },
    { auto: true },
  ],
});
module.exports = { ...library, test };
`,
  );
  const configuration = {
    testDir: 'witness',
    fullyParallel: true,
    workers: 2,
    reporter: 'json',
    expect: { timeout: 1_000 },
    use: { connectOptions: { wsEndpoint } },
  };
  await writeFile(
    join(folder, 'playwright.config.ts'),
    `import { defineConfig } from '@playwright/test';\nexport default defineConfig(${JSON.stringify(configuration)});\n`,
  );
  await mkdir(join(folder, 'witness'));
  for (const [name, code] of Object.entries(witnesses)) {
    await writeFile(join(folder, 'witness', `${name}.spec.ts`), code);
  }
}
