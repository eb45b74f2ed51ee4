import { boundedMap } from '../lib/bounded-map.ts';
import { blobName, missingBlobs, writeBlobs } from './blob-store.ts';
import type { ObjectSource, SourceEntry } from './ports.ts';

/** A bare repository that holds the blobs which were read from a source. */
export interface BlobCache {
  readonly gitDir: string;
  readonly source: ObjectSource;
  /** Names the source in error messages. */
  readonly label: string;
}

/** Requests under way at once: GitHub's secondary limits are about many more. */
const CONCURRENCY = 8;
/** Held in memory before it is written. */
const BATCH_BYTES = 32 * 1024 * 1024;

/** Reads the blobs that the cache does not hold yet into it, and holds each against its name. */
export async function bringBlobs(
  cache: BlobCache,
  files: readonly SourceEntry[],
  signal: AbortSignal,
): Promise<void> {
  const { gitDir, source, label } = cache;
  const sizes = new Map(files.map(({ object, bytes }) => [object, bytes]));
  const missing = await missingBlobs(gitDir, [...sizes.keys()], signal);
  for (const batch of batchesOf([...missing], (object) => sizes.get(object) ?? 0)) {
    const contents = await boundedMap(batch, CONCURRENCY, async (object) => {
      const content = await source.readBlob(object, signal);
      if (blobName(content) === object) return content;
      throw new Error(`${label} answers with another content under the name ${object}`);
    });
    await writeBlobs(gitDir, contents, signal);
  }
}

function batchesOf(objects: readonly string[], sizeOf: (object: string) => number): readonly string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const object of objects) {
    if (sizeOf(object) > room || batches.length === 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(object);
    room -= sizeOf(object);
  }
  return batches;
}
