import { runGit } from './run-git.ts';

/** A file above this size is left out: no analyser of ours reads it. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** How much one child may print, so that a tree of large files does not have to fit in memory twice. */
const MAX_BATCH_BYTES = 64 * 1024 * 1024;

interface Blob {
  readonly object: string;
  readonly bytes: number;
}

/** Reads blobs by object name, in as few children as `MAX_BATCH_BYTES` allows; those above `MAX_FILE_BYTES` are left out. */
export async function readBlobs(
  gitDir: string,
  blobs: readonly Blob[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  for (const batch of batchesOf(blobs.filter(({ bytes }) => bytes <= MAX_FILE_BYTES))) {
    const input = batch.map(({ object }) => `${object}\n`).join('');
    const result = await runGit(['cat-file', '--batch', '--buffer'], { gitDir, signal, input });
    if (result.code !== 0)
      throw new Error(`could not read ${batch.length} files from ${gitDir}: ${result.stderr}`);
    takeBlobs(result.stdout, contents);
  }
  return contents;
}

function batchesOf(blobs: readonly Blob[]): readonly (readonly Blob[])[] {
  const batches: Blob[][] = [];
  let room = 0;
  for (const blob of blobs) {
    if (blob.bytes > room || batches.length === 0) {
      batches.push([]);
      room = MAX_BATCH_BYTES;
    }
    batches.at(-1)?.push(blob);
    room -= blob.bytes;
  }
  return batches;
}

/** Reads `<object> blob <size>\n<content>\n` and `<object> missing\n`: https://git-scm.com/docs/git-cat-file#_batch_output */
function takeBlobs(output: Buffer, contents: Map<string, Uint8Array>): void {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    const [object = '', type, size = '0'] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    const length = Number.parseInt(size, 10);
    // A copy: a view would keep the whole batch alive for one small file.
    contents.set(object, new Uint8Array(output.subarray(at, at + length)));
    at += length + 1;
  }
}
