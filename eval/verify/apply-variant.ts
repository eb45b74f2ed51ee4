import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AppName, Edit, Variant } from '../../examples/bank/variant.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** Where the files of an app stand as its authors left them. */
export function appFolder(app: AppName): string {
  return app === 'shop' ? join(EXAMPLES, 'shop/base') : join(EXAMPLES, app);
}

/** A copy of an app's files. */
export interface AppCopy {
  readonly folder: string;
  /** Removes the copy. May be called twice. */
  remove(): Promise<void>;
}

/**
 * Copies an app to a temporary folder and makes the change there; without `variant` it is a plain copy.
 * Throws when an edit no longer fits the app: the text must stand exactly where and as often as the edit says.
 */
export async function copyApp(app: AppName, variant?: Variant): Promise<AppCopy> {
  const folder = await mkdtemp(join(tmpdir(), `firsthand-bank-${app}-`));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await cp(appFolder(app), folder, { recursive: true });
    if (!(await exists(join(folder, 'package.json')))) {
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
    }
    for (const [file, text] of variant === undefined ? [] : await changedFiles(variant)) {
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** The files that the change alters or adds, by path, as they are afterwards. Throws when an edit no longer fits. */
export async function changedFiles(variant: Variant): Promise<ReadonlyMap<string, string>> {
  const folder = appFolder(variant.app);
  const files = new Map<string, string>();
  for (const edit of variant.edits) {
    const text = files.get(edit.file) ?? (await readFile(join(folder, edit.file), 'utf8'));
    files.set(edit.file, applyEdit(text, edit, variant.id));
  }
  for (const [file, text] of Object.entries(variant.adds ?? {})) {
    if (await exists(join(folder, file))) throw new Error(`${variant.id}: ${file} is there already`);
    files.set(file, text);
  }
  return files;
}

/** The text with the edit made. Throws when `find` does not occur as often as the edit says. */
export function applyEdit(text: string, edit: Edit, who: string): string {
  const parts = text.split(edit.find);
  const count = parts.length - 1;
  const isExpected = edit.all === true ? count > 0 : count === 1;
  if (edit.find === '' || !isExpected) {
    const wanted = edit.all === true ? 'at least once' : 'once';
    throw new Error(`${who}: ${edit.file} has ${count} times, not ${wanted}: ${edit.find}`);
  }
  if (edit.find === edit.replace) throw new Error(`${who}: an edit of ${edit.file} changes nothing`);
  return parts.join(edit.replace);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
