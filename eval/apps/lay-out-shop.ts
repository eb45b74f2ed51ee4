import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyEdit } from '../verify/apply-variant.ts';
import { SHOP_PACKAGE } from './install-shop.ts';

/** One instance's files. */
export interface ShopCopy {
  readonly folder: string;
  /** May be called twice. */
  remove(): Promise<void>;
}

const SCOPE = dirname(SHOP_PACKAGE);
const NAME = SHOP_PACKAGE.slice(SCOPE.length + 1);

/**
 * The shop answers an address with 429 after 120 calls in a minute, and 8 logins in a quarter of an hour, and has no
 * setting for it. Whoever lets a machine try a shop lets its address through; so do both sides here.
 */
const NO_RATE_LIMIT = {
  file: 'dist/modules/base/services/rateLimit.js',
  find: "if (tier === 'exempt') {",
  replace: "if (tier !== 'limited') {",
};

/**
 * Lays out an instance of the shop that is installed in `installed`: the shop's own package and its build as copies, so
 * that they can be changed, and everything else as links. `media` is the folder with the pictures of the products.
 */
export async function layOutShop(installed: string, media: string): Promise<ShopCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'firsthand-shop-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const packages = join(folder, 'node_modules');
    await mkdir(join(packages, SCOPE), { recursive: true });
    await linkAll(join(installed, 'node_modules'), packages, SCOPE);
    await linkAll(join(installed, 'node_modules', SCOPE), join(packages, SCOPE), NAME);
    const own = join('node_modules', SHOP_PACKAGE);
    await copy(join(installed, own), join(folder, own));
    const limits = join(folder, own, NO_RATE_LIMIT.file);
    await writeFile(limits, applyEdit(await readFile(limits, 'utf8'), NO_RATE_LIMIT, 'laying out the shop'));
    await copy(join(installed, '.evershop/build'), join(folder, '.evershop/build'));
    await copy(join(installed, 'config'), join(folder, 'config'));
    await copy(join(installed, 'package.json'), join(folder, 'package.json'));
    await symlink(media, join(folder, 'media'), 'dir');
    await mkdir(join(folder, 'public'));
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

async function linkAll(from: string, to: string, except: string): Promise<void> {
  const names = (await readdir(from)).filter((name) => name !== except);
  for (const name of names) await symlink(join(from, name), join(to, name));
}

/** Where the file system can, both share the blocks until one is changed. */
function copy(from: string, to: string): Promise<void> {
  return cp(from, to, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !path.endsWith('.map') && !path.endsWith('.d.ts'),
  });
}
