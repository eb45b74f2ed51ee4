import { readFileSync } from 'node:fs';
import type { ScriptSource } from '../../affected/ports.ts';
import { readScript } from '../scripts/read-script.ts';

/** Reads scripts from standard input and prints the facts of each, one JSON document a line. */
function main(): void {
  // The parent is ours and writes this request itself.
  const { sources } = JSON.parse(readFileSync(0, 'utf8')) as { readonly sources: readonly ScriptSource[] };
  for (const source of sources) {
    const facts = readScript(source);
    if (facts !== undefined) process.stdout.write(`${JSON.stringify({ id: source.id, facts })}\n`);
  }
}

main();
