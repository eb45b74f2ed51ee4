import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdit } from '../verify/apply-variant.ts';
import { withClient } from './databases.ts';
import type { Fault, FaultEdit } from './faults.ts';
import { SHOP_PACKAGE } from './install-shop.ts';

const BUILD = '.evershop/build';
const SERVED_BELOW = '/assets/';

/** Breaks one instance of the shop, before it is started. Throws when an edit does not fit this version of the shop. */
export async function applyFault(fault: Fault, folder: string, database: string): Promise<void> {
  for (const edit of fault.edits) await apply(edit, fault.id, folder, database);
}

async function apply(edit: FaultEdit, who: string, folder: string, database: string): Promise<void> {
  switch (edit.kind) {
    case 'program': {
      const path = join(folder, 'node_modules', SHOP_PACKAGE, edit.file);
      await writeFile(path, applyEdit(await readFile(path, 'utf8'), edit, who));
      return;
    }
    case 'page':
      return editPage(edit, who, folder);
    case 'content': {
      const changed = await withClient(database, (client) => client.query(edit.statement));
      if (changed.rowCount !== 1)
        throw new Error(`${who}: ${changed.rowCount ?? 0} rows, not 1, were changed by ${edit.statement}`);
      return;
    }
    default:
      edit satisfies never;
  }
}

async function editPage(
  { page, type, change }: Extract<FaultEdit, { readonly kind: 'page' }>,
  who: string,
  folder: string,
): Promise<void> {
  const files = await servedFiles(folder, page, type);
  if ('append' in change) {
    const last = files.findLast((file) => file.startsWith(join(BUILD, 'frontStore', page))) ?? files.at(-1);
    if (last === undefined) throw new Error(`${who}: the page ${page} loads no ${type}`);
    const path = join(folder, last);
    await writeFile(path, `${await readFile(path, 'utf8')}\n${change.append}\n`);
    return;
  }
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const index = texts.findIndex((text) => text.includes(change.find));
  const [file, text] = [files[index], texts[index]];
  if (file === undefined || text === undefined)
    throw new Error(`${who}: nothing that the page ${page} loads has ${change.find}`);
  await writeFile(join(folder, file), applyEdit(text, { file, ...change }, who));
}

/** What the browser loads for a page, in order, as paths below the instance's folder. */
async function servedFiles(folder: string, page: string, type: 'js' | 'css'): Promise<readonly string[]> {
  const list = join(folder, BUILD, 'frontStore', page, 'client/index.json');
  const names: Readonly<Record<string, readonly string[]>> = JSON.parse(await readFile(list, 'utf8'));
  return (names[type] ?? []).map((name) => join(BUILD, name.replace(SERVED_BELOW, '')));
}
