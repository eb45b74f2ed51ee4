import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/domain/errors.ts';
import { lastLines, runProgram } from './run-program.ts';

export const SHOP_PACKAGE = '@evershop/evershop';
export const SHOP_VERSION = '2.2.1';

/** What this version of the shop loads and does not declare: it came along with an older multer. */
const UNDECLARED = ['concat-stream@2.0.0'];

/** Both take minutes on a slow machine; what takes longer than this hangs. */
const LIMIT_MS = 60 * 60_000;

/** Where the shop's program is, below a folder that it is installed in. */
export const SHOP_PROGRAM = `node_modules/${SHOP_PACKAGE}/dist/bin/evershop.js`;

/** The settings that both sides share; the address and the database come with the environment. */
const SETTINGS = { shop: { language: 'en', timezone: 'UTC', currency: 'USD' } };

/**
 * Installs and builds the shop in `folder`, which must lie outside the checkout, and returns at once when that has been
 * done before. Throws a `UserError` that says what failed and what to do.
 */
export async function installShop(folder: string, tell: (what: string) => void): Promise<void> {
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(join(folder, 'config/default.json'), JSON.stringify(SETTINGS));
  if (!(await isInstalled(folder))) {
    tell(`installing ${SHOP_PACKAGE} ${SHOP_VERSION} into ${folder}`);
    await install(folder);
  }
  if (existsSync(join(folder, 'built'))) return;
  tell('building it, once');
  await build(folder);
}

async function isInstalled(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'installed')) || !existsSync(join(folder, SHOP_PROGRAM))) return false;
  const text = await readFile(join(folder, `node_modules/${SHOP_PACKAGE}/package.json`), 'utf8');
  const { version }: { readonly version?: string } = JSON.parse(text);
  return version === SHOP_VERSION;
}

async function install(folder: string): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'shop', version: '1.0.0', private: true, type: 'module' }),
  );
  const [program, ...before] = npmCommand();
  // The scripts of a thousand packages have no part in this: what the shop needs is prebuilt.
  const args = [...before, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  const { code, said } = await runProgram(
    program,
    [...args, `${SHOP_PACKAGE}@${SHOP_VERSION}`, ...UNDECLARED],
    {
      cwd: folder,
      env: process.env,
      limitMs: LIMIT_MS,
    },
  );
  if (code !== 0 || !existsSync(join(folder, SHOP_PROGRAM))) {
    throw new UserError(
      `npm could not install ${SHOP_PACKAGE}@${SHOP_VERSION} into ${folder}; it said:\n${errorLines(said)}\n` +
        'It needs the npm registry: check the network and the proxy that npm is told to use, then start again.',
    );
  }
  await writeFile(join(folder, 'installed'), SHOP_VERSION);
  await rm(join(folder, 'built'), { force: true });
}

/** npm says first what is wrong, then what it advises, at length. */
function errorLines(said: string): string {
  const errors = said.split('\n').filter((line) => /^npm error \S/.test(line));
  return errors.length === 0 ? lastLines(said) : errors.slice(0, 8).join('\n');
}

/** The npm that runs this script, on the node that runs it; else the one on the path. */
function npmCommand(): readonly [string, ...string[]] {
  const path = process.env['npm_execpath'];
  return path?.endsWith('.js') === true ? [process.execPath, path] : ['npm'];
}

async function build(folder: string): Promise<void> {
  const { said } = await runProgram(process.execPath, [SHOP_PROGRAM, 'build'], {
    cwd: folder,
    env: shopEnvironment(),
    limitMs: LIMIT_MS,
  });
  // It ends with 0 whatever happens: only what it leaves counts.
  const bundle = join(folder, '.evershop/build/frontStore/server/index.js');
  if (!existsSync(bundle)) {
    throw new UserError(
      `${SHOP_PACKAGE} ${SHOP_VERSION} could not be built in ${folder}; it said:\n${lastLines(said, 12)}\n` +
        'It needs about 3 GB of memory; remove the folder to start from nothing.',
    );
  }
  await writeFile(join(folder, 'built'), SHOP_VERSION);
}

/** The environment of the shop's processes: nothing of ours but what finds programs, and this node before any other. */
export function shopEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    HOME: process.env['HOME'] ?? '/',
    NODE_ENV: 'production',
    TZ: 'UTC',
    ...more,
  };
}
