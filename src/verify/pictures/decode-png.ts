import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Image } from './image.ts';

const SIGNATURE = 8;

/**
 * Decodes a PNG.
 *
 * What Chromium writes (8 bits, RGB or RGBA, not interlaced) is decoded here, three times faster than by pngjs, which
 * takes the rest. Throws on bytes that are no PNG.
 */
export function decodePng(png: Uint8Array): Image {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks = readChunks(bytes);
  const [depth, colour, , , interlace] = chunks.header?.subarray(8) ?? [];
  if (chunks.header === undefined || depth !== 8 || (colour !== 2 && colour !== 6) || interlace !== 0) {
    const { width, height, data } = PNG.sync.read(bytes);
    return { width, height, data };
  }
  const width = chunks.header.readUInt32BE(0);
  const height = chunks.header.readUInt32BE(4);
  const channels = colour === 2 ? 3 : 4;
  const rows = inflateSync(Buffer.concat(chunks.data));
  unfilter(rows, { stride: width * channels, height, channels });
  return { width, height, data: toRgba(rows, { width, height, channels }) };
}

function readChunks(bytes: Buffer): {
  readonly header: Buffer | undefined;
  readonly data: readonly Buffer[];
} {
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  for (let at = SIGNATURE; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = content;
    if (type === 'IDAT') data.push(content);
    at += 12 + length;
  }
  return { header, data };
}

/** Undoes the row filters in place; every row keeps its leading filter byte. PNG specification, section 9. */
function unfilter(
  rows: Uint8Array,
  {
    stride,
    height,
    channels,
  }: { readonly stride: number; readonly height: number; readonly channels: number },
): void {
  const step = stride + 1;
  for (let y = 0; y < height; y += 1) {
    const start = y * step + 1;
    const up = y === 0 ? -1 : start - step;
    const filter = rows[start - 1] ?? 0;
    if (filter === 0) continue;
    for (let x = 0; x < stride; x += 1) {
      const at = start + x;
      const left = x >= channels ? (rows[at - channels] ?? 0) : 0;
      const above = up < 0 ? 0 : (rows[up + x] ?? 0);
      const corner = up < 0 || x < channels ? 0 : (rows[up + x - channels] ?? 0);
      let guess = left;
      if (filter === 2) guess = above;
      else if (filter === 3) guess = (left + above) >> 1;
      else if (filter === 4) guess = paeth(left, above, corner);
      rows[at] = (rows[at] ?? 0) + guess;
    }
  }
}

function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function toRgba(
  rows: Uint8Array,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0, to = 0; y < height; y += 1) {
    let from = y * (width * channels + 1) + 1;
    for (let x = 0; x < width; x += 1, to += 4, from += channels) {
      data[to] = rows[from] ?? 0;
      data[to + 1] = rows[from + 1] ?? 0;
      data[to + 2] = rows[from + 2] ?? 0;
      if (channels === 4) data[to + 3] = rows[from + 3] ?? 255;
    }
  }
  return data;
}
