import { dirname, join } from 'node:path';
import type { ScriptFacts, ScriptReader, ScriptSource } from '../affected/ports.ts';
import type { AnalyserOptions } from './oxlint.ts';
import { runConfined } from './run-confined.ts';
import { childScript, findTool } from './tools.ts';

const MAX_MEMORY_BYTES = 24_000_000_000;
const MAX_HEAP_MB = 768;
/** The heap, as much again for parsers in native code and for buffers, and 0.6 GB that Node counts at its start. */
const MAX_DATA_BYTES = 2_400_000_000;
/** Characters that one child is given. */
const BATCH_CHARACTERS = 12_000_000;
const MAX_BATCH_FILES = 3000;
/** How often a batch that fails is halved to save the rest of it. */
const MAX_HALVINGS = 3;

/** Reads scripts with oxc in confined children, whose native code some inputs crash. */
export function createScriptReader(options: AnalyserOptions): ScriptReader {
  return {
    async read(sources, signal) {
      const found = new Map<string, ScriptFacts>();
      const read = async (batch: readonly ScriptSource[], halvings: number): Promise<void> => {
        const isComplete = await readBatch(batch, { options, found }, signal);
        const left = isComplete ? [] : batch.filter(({ id }) => !found.has(id));
        if (halvings >= MAX_HALVINGS || left.length < 2) return;
        const middle = Math.ceil(left.length / 2);
        await read(left.slice(0, middle), halvings + 1);
        await read(left.slice(middle), halvings + 1);
      };
      for (const batch of toBatches(sources)) await read(batch, 0);
      return found;
    },
  };
}

/** False when the child did not come to its end; what it had said until then counts. */
async function readBatch(
  sources: readonly ScriptSource[],
  { options, found }: { readonly options: AnalyserOptions; readonly found: Map<string, ScriptFacts> },
  signal: AbortSignal,
): Promise<boolean> {
  const script = childScript('script-child');
  const { modules } = findTool('oxc-parser');
  const sourceFolder = dirname(dirname(dirname(script)));
  const readable = [modules, sourceFolder, process.execPath];
  const result = await runConfined(
    {
      program: process.execPath,
      args: [
        '--permission',
        ...readable.map((path) => `--allow-fs-read=${path}`),
        `--allow-fs-read=${join(dirname(sourceFolder), 'package.json')}`,
        `--max-old-space-size=${MAX_HEAP_MB}`,
        '--allow-addons',
        '--stack-size=60000',
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        script,
      ],
      readable,
      cwd: modules,
      env: {},
      input: JSON.stringify({ sources }),
      timeoutMs: options.timeoutMs,
      maxMemoryBytes: MAX_MEMORY_BYTES,
      maxDataBytes: MAX_DATA_BYTES,
    },
    options.confinement,
    signal,
  );
  // The last line may have been cut off by the end of the process.
  const lines = 'stdout' in result ? result.stdout.split('\n').slice(0, -1) : [];
  for (const line of lines) {
    // The child is ours: what it prints is JSON of this shape, whatever stood in the scripts.
    const { id, facts } = JSON.parse(line) as { readonly id: string; readonly facts: ScriptFacts };
    found.set(id, facts);
  }
  return result.kind === 'exited' && result.code === 0;
}

function toBatches(sources: readonly ScriptSource[]): readonly (readonly ScriptSource[])[] {
  const batches: ScriptSource[][] = [];
  let characters = 0;
  for (const source of sources) {
    const last = batches.at(-1);
    characters += source.text.length;
    if (last !== undefined && last.length < MAX_BATCH_FILES && characters <= BATCH_CHARACTERS)
      last.push(source);
    else {
      batches.push([source]);
      characters = source.text.length;
    }
  }
  return batches;
}
