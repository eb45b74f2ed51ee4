import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { makeTemporaryFolder } from './temporary-folder.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const packageFile = join(modules, '@electric-sql/pglite/package.json');

/**
 * Makes a data folder whose embedded database is initialised and empty. Initialising takes four seconds of CPU, so it
 * is done once a machine, and then copied.
 */
export async function makeDataFolder(): Promise<{ readonly path: string; remove(): void }> {
  // By version, so that an update of the package makes a new one.
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };
  const template = join(modules, '.cache/firsthand', `pglite-${version}`);
  if (!existsSync(template)) await makeTemplate(template);
  const folder = makeTemporaryFolder();
  cpSync(template, join(folder.path, 'database'), { recursive: true });
  return folder;
}

async function makeTemplate(template: string): Promise<void> {
  mkdirSync(dirname(template), { recursive: true });
  const making = mkdtempSync(join(dirname(template), 'making-'));
  try {
    const database = await PGlite.create(join(making, 'database'));
    await database.close();
    renameSync(join(making, 'database'), template);
  } catch (error) {
    // Another test file was quicker.
    if (!existsSync(template)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
