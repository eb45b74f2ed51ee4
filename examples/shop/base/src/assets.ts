import { readFile } from 'node:fs/promises';
import type { Reply } from './http.ts';

const FOLDER = new URL('../public/', import.meta.url);

const TYPES: ReadonlyMap<string, string> = new Map([
  ['shop.css', 'text/css; charset=utf-8'],
  ['cart.js', 'text/javascript; charset=utf-8'],
  ['address.js', 'text/javascript; charset=utf-8'],
  ['favicon.svg', 'image/svg+xml'],
]);

/** Reads one of the files that pages refer to; any other name is unknown. */
export async function readAsset(name: string): Promise<Reply | undefined> {
  const type = TYPES.get(name);
  return type === undefined ? undefined : { kind: 'file', type, body: await readFile(new URL(name, FOLDER)) };
}
