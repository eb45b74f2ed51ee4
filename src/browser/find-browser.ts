import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';

/** Best first: the headless shell opens contexts three times as fast as the full browser. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** Places where browsers live that no search path names. */
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

export type FoundBrowser =
  | { readonly kind: 'found'; readonly path: string; readonly from: 'configured' | 'system' | 'playwright' }
  | { readonly kind: 'missing'; readonly why: string };

/**
 * Finds a Chromium to run: the configured path, then the search path, then Playwright's own.
 *
 * A configured path that cannot be run is an answer, not a reason to look further.
 */
export async function findBrowser(
  configuredPath?: string,
  searchPath: string = process.env['PATH'] ?? '',
): Promise<FoundBrowser> {
  if (configuredPath !== undefined && configuredPath !== '') {
    return (await isExecutable(configuredPath))
      ? { kind: 'found', path: configuredPath, from: 'configured' }
      : { kind: 'missing', why: `the configured browser ${configuredPath} is not an executable file` };
  }
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  for (const path of candidates) {
    if (await isExecutable(path)) return { kind: 'found', path, from: 'system' };
  }
  for (const path of await playwrightsOwn(chromium.executablePath())) {
    if (await isExecutable(path)) return { kind: 'found', path, from: 'playwright' };
  }
  return {
    kind: 'missing',
    why: `no Chromium found: looked for ${NAMES.join(', ')} on the search path and for Playwright's own; install one with "npx playwright install chromium-headless-shell" or name one in FIRSTHAND_BROWSER_PATH`,
  };
}

/** The headless shell that Playwright keeps beside the full browser of the same revision, then that browser. */
async function playwrightsOwn(fullBrowser: string): Promise<readonly string[]> {
  if (fullBrowser === '') return [];
  const revision = /^(.*)[\\/]chromium-(\d+)[\\/]/.exec(fullBrowser);
  if (revision === null) return [fullBrowser];
  const shells = join(revision[1] ?? '', `chromium_headless_shell-${revision[2]}`);
  const files = await readdir(shells, { recursive: true }).catch((): string[] => []);
  const shell = files.find((file) => /^(chrome-)?headless[_-]shell(\.exe)?$/.test(basename(file)));
  return shell === undefined ? [fullBrowser] : [join(shells, dirname(shell), basename(shell)), fullBrowser];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: either way it is no candidate.
    return false;
  }
}
